/** The readers of headers in generated clients, on whatever a server may send. */
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { CACHE } from "../../scripts/setup/cache.mjs";
import { ensurePython } from "../../scripts/setup/python.mjs";
import { HEADERS, type Headers, longValues } from "./support/header-inputs.js";
import { recipeOf, renderer } from "./support/samples.js";

const SEED = 20_261_124;
const RUNS = 100_000;
const NOW = Date.parse("Tue, 24 Nov 2026 10:00:00 GMT");
/** A turn each 50 ms, and pauses that end soon, so that the limiter can be tried afterwards. */
const SETTINGS = { requestsPerSecond: 20, burst: 1, maxPauseMs: 10 };
const TURN_MS = 1000 / SETTINGS.requestsPerSecond;
/** Of the processor's time, for one value of 8 KB. */
const SLOW_MS = 300;

type Case = readonly [reader: string, headers: Headers];
type Meaning = null | number | string | readonly (number | string)[] | { readonly error: string };
interface Reading {
  readonly meanings: readonly Meaning[];
  readonly slowest: { readonly ms: number; readonly index: number };
  readonly turnsMs: number;
}

const run = promisify(execFile);
mkdirSync(CACHE, { recursive: true });
const folder = mkdtempSync(join(CACHE, "headers-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const cases: readonly Case[] = [
  ...Object.entries(HEADERS).flatMap(([reader, headers]) =>
    fc.sample(headers, { numRuns: RUNS, seed: SEED }).map((one): Case => [reader, defined(one)]),
  ),
  ...longValues().flatMap((value): Case[] => [
    ["retryAfter", { "Retry-After": value, "Retry-After-Ms": value, Date: value }],
    ["link", { Link: value }],
    ["limit", { RateLimit: value, "RateLimit-Policy": value, "X-RateLimit-Remaining": value }],
  ]),
];
const inputs = join(folder, "inputs.json");
writeFileSync(inputs, JSON.stringify({ now: NOW, cases }));

function defined(headers: object): Headers {
  const entries = Object.entries(headers) as [string, string | undefined][];
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

async function read(language: "javascript" | "python"): Promise<Reading> {
  const options = { language, auth: "none", pagination: "link-header", retry: "exponential" };
  const recipe = recipeOf({ options: { ...options, "rate-limit": "adaptive" }, set: SETTINGS });
  const { fileName, text } = renderer.file(recipe);
  const client = join(folder, fileName);
  writeFileSync(client, text);
  const isPython = language === "python";
  const script = `./fixtures/headers/read.${isPython ? "py" : "mjs"}`;
  const { stdout } = await run(
    isPython ? await ensurePython() : process.execPath,
    [fileURLToPath(new URL(script, import.meta.url)), client, inputs],
    { maxBuffer: 2 ** 28, timeout: 600_000 },
  );
  const lines = stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as unknown);
  const [slowest, turnsMs] = lines.splice(-2) as [Reading["slowest"], number];
  return { meanings: lines as Meaning[], slowest, turnsMs };
}

const [javascript, python] = await Promise.all([read("javascript"), read("python")]);

/** What is wrong with some of the cases, the first few of them. */
function findings(
  problem: (meanings: readonly [Meaning, Meaning], one: Case) => boolean,
): readonly unknown[] {
  return cases
    .map((one, index) => ({
      case: one,
      javascript: javascript.meanings[index] ?? null,
      python: python.meanings[index] ?? null,
    }))
    .filter((found) => problem([found.javascript, found.python], found.case))
    .slice(0, 20);
}

/**
 * Of a date in the form of RFC 9110 that doesn't exist (24:00:60, 31 February), it is left to the
 * language's own parser whether it is refused or rolls over.
 */
const DAY = "(0[1-9]|1\\d|2[0-8])";
const MONTH = "(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)";
const TIME = "([01]\\d|2[0-3])(:[0-5]\\d){2}";
const EXISTS = new RegExp(
  `^(${DAY} ${MONTH} \\d+ ${TIME} GMT|${DAY}-${MONTH}-\\d+ ${TIME} GMT|${MONTH} ${DAY} ${TIME} \\d+)$`,
);
const isDoubtful = (text = "") => {
  const rest = text.trim().replace(/^[^ ]+ +/, "");
  return /\d:|:\d/.test(rest) && !EXISTS.test(rest);
};
const isComparable = ([reader, headers]: Case) =>
  reader === "link" || ![headers["Retry-After"], headers["Date"]].some(isDoubtful);

/** A time that no clock can tell is cut off by Python's reader, as its clocks overflow. */
const MOST_MS = 1e15;
const capped = (meaning: Meaning) =>
  meaning === "Infinity" || (typeof meaning === "number" && meaning > MOST_MS) ? MOST_MS : meaning;

test("both languages read every value, and alike", () => {
  expect(javascript.meanings).toHaveLength(cases.length);
  expect(python.meanings).toHaveLength(cases.length);
  const alike = ([one, two]: readonly [Meaning, Meaning]) =>
    JSON.stringify(capped(one)) === JSON.stringify(capped(two));
  expect(findings((both, one) => isComparable(one) && !alike(both))).toEqual([]);
  const compared = cases.filter(isComparable).length;
  expect(compared / cases.length).toBeGreaterThan(0.8);
});

test("the values mean something often enough to try what they try", () => {
  for (const reader of Object.keys(HEADERS)) {
    const meanings = javascript.meanings.filter((_, index) => cases[index]?.[0] === reader);
    const legible = meanings.filter((meaning) => meaning !== null && meaning !== "");
    expect(legible.length / meanings.length).toBeGreaterThan(0.1);
    expect(legible.length / meanings.length).toBeLessThan(0.9);
  }
});

describe.each([
  ["JavaScript", javascript],
  ["Python", python],
])("in %s", (_, { meanings, slowest, turnsMs }) => {
  const index = meanings === javascript.meanings ? 0 : 1;

  test("the only error is an ApiError that says: protocol", () => {
    const isForeign = (meaning: Meaning) =>
      meaning !== null && typeof meaning === "object" && "error" in meaning
        ? meaning.error !== "protocol"
        : false;
    expect(findings((both) => isForeign(both[index] ?? null))).toEqual([]);
  });

  test("no number is negative, or none", () => {
    const isWrong = (meaning: Meaning) =>
      [meaning].flat().some((one) => one === "NaN" || one === "-Infinity" || Number(one) < 0);
    expect(findings((both) => isWrong(both[index] ?? null))).toEqual([]);
  });

  test("no value takes long", () => {
    console.log(`slowest: ${slowest.ms.toFixed(1)} ms`);
    const [, headers] = cases[slowest.index] ?? [];
    expect(slowest.ms, JSON.stringify(headers).slice(0, 200)).toBeLessThan(SLOW_MS);
  });

  test("after all of them the limiter keeps its rate", () => {
    expect(turnsMs).toBeGreaterThanOrEqual(2 * TURN_MS - 5);
    expect(turnsMs).toBeLessThan(5000);
  });
});
