import assert from "node:assert/strict";
import { deliversAll, exitsWith, gaps, loggedWaits, sends, sum } from "../judging.js";
import { type Choices, retries, type Scenario } from "../scenario.js";

const backsOff = ({ retry }: Choices) => retry === "exponential" || retry === "circuit-breaker";

export const BACKOFF: readonly Scenario[] = [
  {
    behaviour: 36,
    title: "waits are spread evenly from 0 to min(cap, base · 2ⁿ)",
    axes: ["retry"],
    applies: backsOff,
    set: { maxAttempts: 4, baseDelayMs: 100, maxDelayMs: 250 },
    calls: [{ do: "backoffs", operations: 3400, status: 503 }],
    judge: (seen) => {
      for (const [index, ceiling] of [100, 200, 250].entries())
        isUniform(seen.logs, index + 1, ceiling);
    },
    breaks: {
      javascript: [["2 ** (made - 1)", "2 ** made"]],
      python: [["2 ** (made - 1)", "2 ** made"]],
    },
  },
  {
    behaviour: 36,
    title: "no wait overflows, however many attempts there are",
    axes: ["retry"],
    applies: backsOff,
    set: { maxAttempts: 100, baseDelayMs: 2_147_483_647, maxDelayMs: 2 },
    calls: [{ do: "backoffs", operations: 2, status: 429 }],
    judge: (seen) => {
      assert.equal(seen.logs.length, 198);
      for (const { delayMs } of seen.logs) {
        assert.ok(typeof delayMs === "number" && delayMs >= 0 && delayMs <= 2);
      }
    },
    breaks: {
      javascript: [["Math.min(MAX_DELAY_MS, ceiling)", "Math.min(MAX_DELAY_MS + 9, ceiling)"]],
      python: [["min(MAX_DELAY_MS, base", "min(MAX_DELAY_MS + 9, base"]],
    },
  },
  {
    behaviour: 38,
    title: "retries don't follow at once",
    axes: ["retry"],
    applies: retries,
    set: { baseDelayMs: 700, maxDelayMs: 700, maxAttempts: 8 },
    session: { steps: Array<{ status: number }>(7).fill({ status: 500 }) },
    judge: (seen) => {
      deliversAll(seen);
      const waits = gaps(seen.requests).slice(0, 7);
      assert.ok(sum(waits) >= 500, `seven waits took ${sum(waits)} ms`);
      assert.ok(sum(waits) >= sum(loggedWaits(seen)) - 10, "it waits as long as it says");
      assert.ok(sum(loggedWaits(seen)) >= 500);
      if (seen.choices.retry === "fixed") for (const wait of waits) assert.ok(wait >= 700);
    },
    breaks: {
      javascript: [["await delay(Math.ceil(wait) + 1,", "await delay(0,"]],
      python: [["time.sleep(wait / 1000)", "time.sleep(0)"]],
    },
  },
  {
    behaviour: 39,
    title: "throttling is waited out longer than a fault",
    axes: ["retry"],
    applies: backsOff,
    set: { maxAttempts: 2, baseDelayMs: 100, maxDelayMs: 5000 },
    calls: [{ do: "backoffs", operations: 4000, status: 429 }],
    judge: (seen) => {
      isUniform(seen.logs, 1, 200);
    },
    breaks: {
      javascript: [["=== 429 ? 2 : 1", "=== 429 ? 1 : 1"]],
      python: [["(2 if error.details", "(1 if error.details"]],
    },
  },
  {
    behaviour: 40,
    title: "N attempts are N requests, and no wait follows the last",
    axes: ["retry"],
    applies: retries,
    set: { maxAttempts: 3, baseDelayMs: 600, maxDelayMs: 600 },
    session: { steps: [{ status: 503 }], after: "last" },
    judge: (seen) => {
      exitsWith(seen, "unavailable", 0);
      sends(seen.requests, 3);
      assert.equal(seen.logs.filter((log) => "delayMs" in log).length, 2);
    },
    breaks: {
      javascript: [["made >= MAX_ATTEMPTS", "made > MAX_ATTEMPTS"]],
      python: [["range(1, MAX_ATTEMPTS)", "range(1, MAX_ATTEMPTS - 1)"]],
    },
  },
];

/** The waits before one attempt, within what thousands of draws may be off. */
function isUniform(
  logs: readonly Readonly<Record<string, unknown>>[],
  attempt: number,
  ceiling: number,
): void {
  const waits = logs
    .filter((log) => log["attempt"] === attempt)
    .map(({ delayMs }) => Number(delayMs));
  assert.ok(waits.length > 3000, `only ${waits.length} waits were seen`);
  assert.ok(waits.every((wait) => wait >= 0 && wait <= ceiling));
  for (const share of [0.25, 0.5, 0.75]) {
    const below = waits.filter((wait) => wait < ceiling * share).length / waits.length;
    assert.ok(Math.abs(below - share) < 0.06, `${below} of the waits are below ${share}`);
  }
}
