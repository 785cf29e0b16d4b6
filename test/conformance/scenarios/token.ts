/** When a token is asked for, and how long it is used. */
import assert from "node:assert/strict";
import { callsEnd, exitsWith, gaps, sends } from "../judging.js";
import { type Call, isJavaScript, type Scenario, usesOAuth } from "../scenario.js";

const EXPIRES_IN = 3;
/** One request every 150 ms for longer than a token lives. */
const SPREAD: readonly Call[] = Array.from({ length: 30 }, (): Call[] => [
  { do: "request", query: { limit: "1" } },
  { do: "wait", ms: 150 },
]).flat();

export const TOKEN: readonly Scenario[] = [
  {
    behaviour: 8,
    title: "ten callers at once ask for one token",
    axes: ["auth", "clientAuthentication"],
    applies: usesOAuth,
    session: { token: { steps: [{ delayMs: 400 }] } },
    calls: [{ do: "request", times: 10, staggerMs: 0 }],
    judge: (seen) => {
      callsEnd(seen, ...Array<string>(10).fill("ok"));
      sends(seen.tokenRequests, 1);
      sends(seen.requests, 10);
    },
    breaks: {
      javascript: [["this.#refresh ??= ", "this.#refresh = "]],
      python: [
        [
          "self._refresh or futures.Future[str](), self._refresh is None",
          "futures.Future[str](), True",
        ],
      ],
    },
  },
  {
    behaviour: 9,
    title: "a token is renewed shortly before it expires, whatever the wall clock says",
    axes: ["auth", "clientAuthentication"],
    applies: usesOAuth,
    session: { token: { expiresIn: EXPIRES_IN } },
    calls: [...SPREAD.slice(0, 10), { do: "clock", stepMs: 3_600_000 }, ...SPREAD.slice(10)],
    judge: (seen) => {
      const refused = seen.requests.filter(({ status }) => status === 401);
      assert.equal(refused.length, 0, "requests with an expired token");
      assert.ok(seen.tokenRequests.length > 1, "the token is renewed");
      // 20 % before the end, counted from before the request: on a busy machine it arrives late.
      for (const gap of gaps(seen.tokenRequests)) assert.ok(gap >= EXPIRES_IN * 800 - 1000);
    },
    breaks: {
      javascript: [[/Math\.min\(60_000, lifetimeMs \/ 5\)/, "60_000"]],
      python: [["min(60, lifetime / 5)", "60"]],
    },
  },
  {
    behaviour: 9,
    title: "a token that lives long is renewed a minute before it expires, and not earlier",
    axes: ["auth"],
    applies: usesOAuth,
    session: { token: { expiresIn: 3600 } },
    calls: [
      { do: "request" },
      { do: "clock", stepMs: 3_500_000, isMonotonic: true },
      { do: "request" },
      { do: "clock", stepMs: 50_000, isMonotonic: true },
      { do: "request" },
    ],
    judge: (seen) => {
      callsEnd(seen, "ok", "ok", "ok");
      const kinds = seen.session.requests.map(({ kind }) => kind);
      assert.deepEqual(kinds, ["token", "api", "api", "token", "api"]);
    },
    breaks: {
      javascript: [[/Math\.min\(60_000, lifetimeMs \/ 5\)/, "lifetimeMs / 5"]],
      python: [["min(60, lifetime / 5)", "lifetime / 5"]],
    },
  },
  {
    behaviour: 11,
    title: "a second 401 is final",
    axes: ["auth", "clientAuthentication"],
    applies: usesOAuth,
    session: { steps: [{ status: 401 }], after: "last" },
    judge: (seen) => {
      exitsWith(seen, "denied", 0);
      sends(seen.requests, 2);
      sends(seen.tokenRequests, 2);
    },
    breaks: {
      javascript: [["tokens.invalidate(token);", ""]],
      python: [["self._tokens.invalidate(token)", "pass"]],
    },
  },
  {
    behaviour: 12,
    title: "403 renews no token",
    axes: ["retry"],
    applies: usesOAuth,
    session: {
      steps: [
        {
          status: 403,
          headers: { "WWW-Authenticate": 'Bearer error="insufficient_scope"' },
        },
      ],
    },
    judge: (seen) => {
      exitsWith(seen, "denied", 0);
      sends(seen.requests, 1);
      sends(seen.tokenRequests, 1);
    },
    breaks: {
      javascript: [["result.response.status === 401", "result.response.status >= 401"]],
      python: [["response.status_code == 401", "response.status_code >= 401"]],
    },
  },
  {
    behaviour: 12,
    title: "after a 401 a POST without a key is not made again",
    axes: [],
    applies: usesOAuth,
    session: { steps: [{ status: 401 }] },
    calls: [{ do: "request", method: "POST", json: { a: 1 } }],
    judge: (seen) => {
      callsEnd(seen, "denied");
      sends(seen.requests, 1);
    },
    breaks: {
      javascript: [["if (again) return send(", "return send("]],
      python: [
        [
          "if again:\n                return self._send(",
          "if True:\n                return self._send(",
        ],
      ],
    },
  },
  {
    behaviour: 11,
    title: "a refused token isn't used again, also where the request isn't made again",
    axes: ["auth"],
    applies: usesOAuth,
    session: { steps: [{ revoke: true }] },
    calls: [{ do: "request", method: "POST", json: { a: 1 }, times: 3 }],
    judge: (seen) => {
      callsEnd(seen, "denied", "ok", "ok");
      sends(seen.tokenRequests, 2);
    },
    breaks: {
      javascript: [
        ["      tokens.invalidate(token);", "      if (again) tokens.invalidate(token);"],
      ],
      python: [["  self._tokens.invalidate(token)", "  again and self._tokens.invalidate(token)"]],
    },
  },
  ...[0, 1].map((index): Scenario => ({
    behaviour: 17,
    title: `a caller that gives up doesn't take the token from the others (${index})`,
    axes: ["auth", "clientAuthentication"],
    applies: (choices) => usesOAuth(choices) && isJavaScript(choices),
    session: { token: { steps: [{ delayMs: 4000 }] } },
    calls: [{ do: "request", times: 3, staggerMs: 0, abort: { index, afterMs: 200 } }],
    judge: (seen) => {
      callsEnd(seen, ...[0, 1, 2].map((call) => (call === index ? "aborted" : "ok")));
      assert.ok((seen.outcomes[index]?.ms ?? Infinity) < 3000, "the abort is at once");
      sends(seen.tokenRequests, 1);
    },
    breaks: { javascript: [["inTime(this.#refresh, operation)", "this.#refresh"]] },
  })),
  {
    behaviour: 11,
    title: "a late 401 of an old token doesn't drop the new one",
    axes: ["auth"],
    applies: usesOAuth,
    session: { steps: [{ status: 401, delayMs: 1500 }, { status: 401 }] },
    calls: [{ do: "request", times: 2, staggerMs: 400 }],
    judge: (seen) => {
      callsEnd(seen, "ok", "ok");
      sends(seen.tokenRequests, 2);
    },
    breaks: {
      javascript: [["if (this.#token === token) this.#token", "this.#token"]],
      python: [["if self._token == token:", "if True:"]],
    },
  },
  {
    behaviour: 17,
    title: "a token that could not be had is asked for again by the next caller",
    axes: ["auth", "clientAuthentication"],
    applies: usesOAuth,
    session: { token: { steps: [{ status: 400 }] } },
    calls: [{ do: "request", times: 2 }],
    judge: (seen) => {
      callsEnd(seen, "denied", "ok");
      sends(seen.tokenRequests, 2);
    },
    breaks: {
      javascript: [[".finally(() => (this.#refresh = undefined))", ""]],
      python: [[/\n {16}self\._refresh = None\n/, "\n            pass\n"]],
    },
  },
];
