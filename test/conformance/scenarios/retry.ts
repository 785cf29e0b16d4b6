import assert from "node:assert/strict";
import { callsEnd, deliversAll, keysOf, logsOnlyJson, sends } from "../judging.js";
import {
  type Break,
  type Call,
  type Choices,
  type Place,
  retries,
  type Scenario,
  usesOAuth,
} from "../scenario.js";

const POST: Call = { do: "request", method: "POST", json: { name: "a" } };
const KEYED: Call = { ...POST, headers: { "Idempotency-Key": "one-and-only" } };
const FINAL = [400, 403, 404, 405, 410, 422, 451, 501, 505];

/** 401 too, where it isn't a sign to renew the token. */
const finalFor = (choices: Choices) => (usesOAuth(choices) ? FINAL : [401, ...FINAL]);
const NOT_REPEATABLE: Scenario["breaks"] = {
  javascript: [["/^(GET|HEAD|OPTIONS|PUT|DELETE)$/i.test(method)", "true"]],
  python: [
    ['again = keyed or method.upper() in ("GET",', 'again = True or method.upper() in ("GET",'],
  ],
};
const ALL_TRANSIENT: Scenario["breaks"] = {
  javascript: [["TRANSIENT_STATUS.includes(status)", "status >= 400"]],
  python: [["status in TRANSIENT_STATUS", "status >= 400"]],
};

const notReached = (
  title: string,
  baseUrl: (place: Place) => string,
  javascript: Break,
): Scenario => ({
  behaviour: 22,
  title: `${title} is tried again`,
  axes: ["retry"],
  applies: retries,
  set: { maxAttempts: 3 },
  environment: (given, place) => ({ ...given, API_BASE_URL: baseUrl(place) }),
  calls: [POST],
  judge: (seen) => {
    callsEnd(seen, "unavailable");
    logsOnlyJson(seen);
    assert.equal(seen.logs.length, 2, "two attempts more are logged");
  },
  breaks: {
    javascript,
    python: [[/UNSENT = .*/, "UNSENT = ()"]],
  },
});

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
    session: { steps: [{ status: 503 }, "ok", { status: 503 }, "ok", { status: 503 }] },
    calls: [
      { do: "request", method: "PUT", path: "/v1/items/item-0001", json: { name: "a" } },
      { do: "request", method: "DELETE", path: "/v1/items/item-0002" },
      { do: "request", method: "HEAD" },
    ],
    judge: (seen) => {
      assert.deepEqual(
        seen.requests.map(({ method, status }) => `${method} ${status ?? ""}`),
        ["PUT 503", "PUT 200", "DELETE 503", "DELETE 204", "HEAD 503", "HEAD 200"],
      );
    },
    breaks: {
      javascript: [["OPTIONS|PUT|DELETE", "OPTIONS|PUT"]],
      python: [['"OPTIONS", "PUT", "DELETE"', '"OPTIONS", "PUT"']],
    },
  },
  {
    behaviour: 19,
    title: "an answer that is final is never asked for again",
    axes: ["retry"],
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
      javascript: [['status === 409 && sent.has("idempotency-key")', "false"]],
      python: [["is_pending = status == 409", "is_pending = False"]],
    },
  },
  {
    behaviour: 20,
    title: "409 to a PUT without a key is final",
    axes: ["retry"],
    applies: retries,
    session: { steps: [{ status: 409 }] },
    calls: [{ do: "request", method: "PUT", path: "/v1/items/item-0001", json: { name: "a" } }],
    judge: (seen) => {
      callsEnd(seen, "failed");
      sends(seen.requests, 1);
    },
    breaks: {
      javascript: [[' && sent.has("idempotency-key")', ""]],
      python: [[/is_pending = status == 409 and .*/, "is_pending = status == 409"]],
    },
  },
  ...(["reset", "truncated", "hang"] as const).map((delivery): Scenario => ({
    behaviour: 21,
    title:
      delivery === "hang"
        ? "a POST without a key is made once, though no answer comes in time"
        : `a POST without a key is made once, though its answer is ${delivery}`,
    axes: ["retry"],
    set: { timeoutMs: 1500 },
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
    title: "a PATCH without a key is made once, whatever becomes of its answer",
    axes: ["retry"],
    applies: retries,
    session: { steps: [{ status: 503 }, { delivery: "reset" }] },
    calls: [{ do: "request", method: "PATCH", path: "/v1/items/item-0001", json: {}, times: 2 }],
    judge: (seen) => {
      callsEnd(seen, "unavailable", "unavailable");
      sends(seen.requests, 2);
    },
    breaks: {
      javascript: [["OPTIONS|PUT|DELETE", "OPTIONS|PUT|PATCH|DELETE"]],
      python: [['"PUT", "DELETE")', '"PUT", "PATCH", "DELETE")']],
    },
  },
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
      assert.deepEqual(new Set(keysOf(seen.requests)), new Set(["one-and-only"]));
      assert.equal(seen.session.commits.length, 1);
    },
    breaks: {
      javascript: [[' || Boolean(headers.get("idempotency-key"))', ""]],
      python: [["again = keyed or method.upper() in", "again = method.upper() in"]],
    },
  },
  notReached("a POST that can't have been sent", ({ closed }) => closed, [
    [/const UNSENT = .*/, "const UNSENT = /^$/;"],
  ]),
  notReached("a POST to a name that isn't found", () => "https://api.invalid", [
    ["ENOTFOUND|EAI_AGAIN|", ""],
  ]),
];
