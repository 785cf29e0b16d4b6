/** What judges have in common. Each throws with what it found. */
import assert from "node:assert/strict";
import type { LoggedRequest } from "../../src/sandbox/index.js";
import type { Outcome, Seen } from "./scenario.js";

export const EXIT = {
  done: 0,
  failed: 1,
  input: 64,
  protocol: 65,
  unavailable: 69,
  io: 74,
  later: 75,
  denied: 77,
  config: 78,
} as const;

/** All records, each once and in order; the log, where there is one, holds no error. */
export function deliversAll(seen: Seen, count = 250): void {
  assert.equal(seen.exitCode, EXIT.done, "the exit code");
  const ids = seen.lines.map((line) => (line as { id?: unknown }).id);
  assert.deepEqual(ids, itemIds(count));
  assert.equal(seen.stdout.split("\n").length, count + 1, "nothing but records is printed");
}

/** The ids of the sandbox's first records. */
export function itemIds(count: number): readonly string[] {
  return Array.from({ length: count }, (_, at) => `item-${String(at + 1).padStart(4, "0")}`);
}

/** Ends with an exit code, after so many records. */
export function exitsWith(seen: Seen, exit: keyof typeof EXIT, records?: number): void {
  assert.equal(seen.exitCode, EXIT[exit], "the exit code");
  if (records !== undefined) assert.equal(seen.lines.length, records, "the records printed");
}

export function sends(requests: readonly LoggedRequest[], count: number): void {
  assert.equal(requests.length, count, "the number of requests");
}

export function callsEnd(seen: Seen, ...ends: readonly string[]): void {
  const found = seen.outcomes.map(({ ok, kind }) => (ok ? "ok" : (kind ?? "")));
  assert.deepEqual(found, ends, "how the calls ended");
  assert.equal(seen.exitCode, 0, "the exit code of the driver");
}

/** The one outcome. */
export function outcomeOf({ outcomes }: Seen, index = 0): Outcome {
  const outcome = outcomes[index];
  assert.ok(outcome, `there is no outcome ${index}`);
  return outcome;
}

/** The keys that requests bring along, in a header. */
export const keysOf = (
  requests: readonly LoggedRequest[],
  header = "idempotency-key",
): readonly string[] => requests.map(({ headers }) => String(headers[header]));

/** Milliseconds between each arrival and the next. */
export function gaps(requests: readonly LoggedRequest[]): readonly number[] {
  return requests.slice(1).map(({ at }, index) => at - (requests[index]?.at ?? at));
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

/** Every line of stderr is a JSON object, with a message. */
export function logsOnlyJson(seen: Seen): void {
  const lines = seen.stderr.split("\n").filter((line) => line !== "");
  assert.equal(seen.logs.length, lines.length, "every line of stderr is JSON");
  for (const log of seen.logs) assert.equal(typeof log["message"], "string");
}

export function logMentions({ logs }: Seen, pattern: RegExp): void {
  assert.match(logs.map((log) => String(log["message"])).join("\n"), pattern);
}

/** The waits before further attempts, as the log tells them. */
export function loggedWaits({ logs }: Seen): readonly number[] {
  return logs.flatMap(({ delayMs }) => (typeof delayMs === "number" ? [delayMs] : []));
}
