import assert from "node:assert/strict";
import { callsEnd, deliversAll, exitsWith, gaps, logsOnlyJson, sends, sum } from "../judging.js";
import { type Call, type Choices, retries, type Scenario, usesOAuth } from "../scenario.js";

const POST: Call = { do: "request", method: "POST", json: { name: "a" } };
const KEYED: Call = { ...POST, headers: { "Idempotency-Key": "one-and-only" } };
const FINAL = [400, 403, 404, 405, 410, 422, 451, 501, 505];

/** 401 too, where it isn't a sign to renew the token. */
const finalFor = (choices: Choices) => (usesOAuth(choices) ? FINAL : [401, ...FINAL]);
const NOT_REPEATABLE: Scenario["breaks"] = {
  javascript: [["return /^(GET|HEAD|OPTIONS|PUT|DELETE)$/.test(method)", "return true"]],
  python: [['return is_keyed or method in ("GET",', 'return True or method in ("GET",']],
};
const ALL_TRANSIENT: Scenario["breaks"] = {
  javascript: [["TRANSIENT_STATUS.includes(status)", "status >= 400"]],
  python: [["status in TRANSIENT_STATUS", "status >= 400"]],
};

export const RETRY: readonly Scenario[] = [
  {
    behaviour: 18,
    title: "408, 429, 500, 502, 503 and 504 are tried again",
    axes: ["retry"],
    applies: retries,
    set: { maxAttempts: 7 },
    session: { steps: [408, 429, 500, 502, 503, 504].map((status) => ({ status })) },
    judge: (seen) => {
      deliversAll(seen);
      const statuses = seen.requests.slice(0, 7).map(({ status }) => status);
      assert.deepEqual(statuses, [408, 429, 500, 502, 503, 504, 200]);
    },
    breaks: {
      javascript: [["[408, 429, 500,", "[429, 500,"]],
      python: [["(408, 429, 500,", "(429, 500,"]],
    },
  },
  {
    behaviour: 18,
    title: "PUT and DELETE are tried again as well",
    axes: ["retry"],
    applies: retries,
    session: { steps: [{ status: 503 }, "ok", { status: 503 }] },
    calls: [
      { do: "request", method: "PUT", path: "/v1/items/item-0001", json: { name: "a" } },
      { do: "request", method: "HEAD" },
    ],
    judge: (seen) => {
      assert.deepEqual(
        seen.requests.map(({ method, status }) => `${method} ${status ?? ""}`),
        ["PUT 503", "PUT 200", "HEAD 503", "HEAD 200"],
      );
    },
    breaks: {
      javascript: [["OPTIONS|PUT|DELETE", "OPTIONS"]],
      python: [['"OPTIONS", "PUT", "DELETE"', '"OPTIONS"']],
    },
  },
  {
    behaviour: 19,
    title: "an answer that is final is never asked for again",
    axes: ["retry", "auth"],
    session: ({ choices }) => ({ steps: finalFor(choices).map((status) => ({ status })) }),
    calls: (choices) => [{ do: "request", times: finalFor(choices).length }],
    judge: (seen) => {
      const kinds = finalFor(seen.choices).map((status) => {
        if (status > 500) return "unavailable";
        return status === 401 || status === 403 ? "denied" : "failed";
      });
      callsEnd(seen, ...kinds);
      sends(seen.requests, kinds.length);
    },
    breaks: ALL_TRANSIENT,
  },
  {
    behaviour: 20,
    title: "409 is tried again with an idempotency key, and never without",
    axes: ["retry"],
    applies: retries,
    session: { steps: [{ status: 409 }, { status: 409 }] },
    calls: [POST, KEYED],
    judge: (seen) => {
      callsEnd(seen, "failed", "ok");
      sends(seen.requests, 3);
      assert.equal(seen.session.commits.length, 1);
    },
    breaks: {
      javascript: [['status === 409 && message.headers.has("idempotency-key")', "false"]],
      python: [["is_pending = status == 409", "is_pending = False"]],
    },
  },
  ...(["reset", "truncated"] as const).map((delivery): Scenario => ({
    behaviour: 21,
    title: `a POST without a key is made once, though its answer is ${delivery}`,
    axes: ["retry", "auth"],
    session: { steps: [{ commit: true, delivery }] },
    calls: [POST],
    judge: (seen) => {
      callsEnd(seen, "unavailable");
      sends(seen.requests, 1);
      assert.equal(seen.session.commits.length, 1);
    },
    breaks: NOT_REPEATABLE,
  })),
  {
    behaviour: 21,
    title: "a POST with a key is made again, and done once",
    axes: ["retry"],
    applies: retries,
    session: {
      steps: [
        { commit: true, delivery: "reset" },
        { commit: true, status: 503 },
      ],
    },
    calls: [KEYED],
    judge: (seen) => {
      callsEnd(seen, "ok");
      sends(seen.requests, 3);
      const keys = seen.requests.map(({ headers }) => headers["idempotency-key"]);
      assert.deepEqual(new Set(keys), new Set(["one-and-only"]));
      assert.equal(seen.session.commits.length, 1);
    },
    breaks: {
      javascript: [[' || headers.has("idempotency-key")', ""]],
      python: [["return is_keyed or method in", "return method in"]],
    },
  },
  {
    behaviour: 22,
    title: "a POST that can't have been sent is tried again",
    axes: ["retry"],
    applies: retries,
    set: { maxAttempts: 3 },
    environment: (given, { closed }) => ({ ...given, API_BASE_URL: closed }),
    calls: [POST],
    judge: (seen) => {
      callsEnd(seen, "unavailable");
      logsOnlyJson(seen);
      assert.equal(seen.logs.length, 2, "two attempts more are logged");
    },
    breaks: {
      javascript: [['["ECONNREFUSED", "ENOTFOUND"', '["ENOTFOUND"']],
      python: [["UNSENT = (ConnectionRefusedError, ", "UNSENT = ("]],
    },
  },
  {
    behaviour: 25,
    title: "a failure while the body arrives is a failed attempt",
    axes: ["retry", "pagination"],
    applies: retries,
    session: {
      steps: [{ delivery: "truncated" }, { delivery: "reset-body" }, { delivery: "cut-chunk" }],
    },
    judge: (seen) => {
      deliversAll(seen);
    },
    breaks: {
      javascript: [
        [
          'const TRANSIENT = ["ECONNRESET", "EPIPE", "ETIMEDOUT", "UND_ERR_SOCKET"',
          'const TRANSIENT = ["EPIPE"',
        ],
      ],
      python: [[/, requests\.exceptions\.ChunkedEncodingError\)/, ")"]],
    },
  },
  {
    behaviour: 26,
    title: "a body that is too short is an error, even where it is whole JSON",
    axes: ["retry"],
    session: {
      steps: [{ text: `{"items":[]}${" ".repeat(88)}`, delivery: "truncated", sentBytes: 12 }],
      after: "last",
    },
    judge: (seen) => {
      exitsWith(seen, "unavailable", 0);
    },
    breaks: {
      javascript: [["await response.text()", `await response.text().catch(() => '{"items":[]}')`]],
      python: [["if raw.length_remaining:", "if False:"]],
    },
  },
  {
    behaviour: 28,
    title: "a success that isn't JSON breaks the protocol, at once",
    axes: ["pagination"],
    session: { steps: [{ html: true }] },
    judge: (seen) => {
      exitsWith(seen, "protocol", 0);
      logsOnlyJson(seen);
      sends(seen.requests, 1);
    },
    breaks: {
      javascript: [[/"protocol", `\$\{what\} with a body/, '"failed", `${what} with a body']],
      python: [
        [/"protocol", f"\{path\} answered with a body/, '"failed", f"{path} answered with a body'],
      ],
    },
  },
  {
    behaviour: 36,
    title: "waits are spread evenly from 0 to min(cap, base · 2ⁿ)",
    axes: [],
    applies: ({ retry }) => retry === "exponential",
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
    axes: [],
    applies: ({ retry }) => retry === "exponential",
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
    set: { baseDelayMs: 300, maxDelayMs: 300, maxAttempts: 8 },
    session: { steps: Array<{ status: number }>(7).fill({ status: 500 }) },
    judge: (seen) => {
      deliversAll(seen);
      const waits = gaps(seen.requests).slice(0, 7);
      assert.ok(sum(waits) >= 150, `seven waits took ${sum(waits)} ms`);
      if (seen.choices.retry === "fixed") for (const wait of waits) assert.ok(wait >= 300);
    },
    breaks: {
      javascript: [["await delay(Math.ceil(wait) + 1,", "await delay(0,"]],
      python: [["time.sleep(wait / 1000)", "time.sleep(0)"]],
    },
  },
  {
    behaviour: 39,
    title: "throttling is waited out longer than a fault",
    axes: [],
    applies: ({ retry }) => retry === "exponential",
    set: { maxAttempts: 2, baseDelayMs: 100, maxDelayMs: 5000 },
    calls: [{ do: "backoffs", operations: 4000, status: 429 }],
    judge: (seen) => {
      isUniform(seen.logs, 1, 200);
    },
    breaks: {
      javascript: [["=== 429 ? 2 : 1", "=== 429 ? 1 : 1"]],
      python: [["(2 if details.get", "(1 if details.get"]],
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
      python: [["made >= MAX_ATTEMPTS", "made > MAX_ATTEMPTS"]],
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
