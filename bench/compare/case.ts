/** A behaviour as it can be seen from outside, of any client. */
import assert from "node:assert/strict";
import { itemIds } from "../../test/conformance/judging.js";
import type { Choices, Scenario, Seen } from "../../test/conformance/scenario.js";
import type { LoggedRequest } from "../../src/sandbox/index.js";
import type { Peer } from "./clients.js";

export type Names = Readonly<Record<string, string>>;

/** A scenario whose judge asks only what everybody would: exit codes and texts are one's own. */
export interface Case extends Omit<Scenario, "axes" | "breaks" | "applies"> {
  /** How credentials go; a bearer token, where not said. */
  readonly auth?: "api-key-header" | "api-key-query";
  /** Only those that page in this way. */
  readonly pagination?: Peer["pagination"];
  /** Whether it is about the loop over pages alone. */
  readonly isOfPages?: boolean;
  readonly language?: Choices["language"];
  /** Why it isn't asked of a peer, by its name. */
  readonly not?: Names;
}

/** Of the conformance scenarios the one with such a title, changed. */
export function caseOf(
  scenarios: readonly Scenario[],
  title: RegExp,
  changes: Partial<Case> = {},
): Case {
  const found = scenarios.find((scenario) => title.test(scenario.title));
  if (!found) throw new Error(`There is no scenario ${String(title)}`);
  return { ...found, ...changes };
}

/** A script that ends with an error, after no more records than these. */
export function endsWithError(seen: Seen, records: number): void {
  assert.notEqual(seen.exitCode, 0, "it ends as if nothing had happened");
  assert.ok(seen.lines.length <= records, `${seen.lines.length} records are printed`);
}

/** Every record once; what else is said doesn't matter. */
export function printsAll(seen: Seen, count = 250): void {
  const said = seen.exitCode === 0 ? "" : `; it says ${firstOf(seen.stderr)}`;
  assert.equal(seen.exitCode, 0, `exit ${String(seen.exitCode)}${said}`);
  const ids = seen.lines.map((line) => (line as { id?: unknown }).id);
  assert.deepEqual(ids, itemIds(count), `${ids.length} records are printed, not ${count}`);
}

/** The line of an error that tells the most. */
export function firstOf(stderr: string): string {
  const lines = stderr.split("\n").filter((line) => line !== "");
  const error = lines.find((line) => /^(\S*(Error|Exception|Timeout|Exceeded)\b|\{)/.test(line));
  return (error ?? lines.at(-1) ?? "nothing").trim().slice(0, 120);
}

/** None of these brings what lets a client in. */
export function bringNoCredential(requests: readonly LoggedRequest[], secrets: readonly string[]) {
  for (const { headers, query, body } of requests) {
    const places = { ...headers, query: JSON.stringify(query), body };
    for (const [place, value] of Object.entries(places)) {
      const isSent = secrets.some((secret) => String(value).includes(secret));
      assert.ok(!isSent, `another origin gets the credential in ${place}`);
    }
  }
}

export function waitsAtLeast(waits: readonly number[], ...least: readonly number[]): void {
  for (const [index, ms] of least.entries()) {
    const wait = waits[index] ?? 0;
    assert.ok(wait >= ms, `waited ${Math.round(wait)} ms, not ${ms}`);
  }
}
