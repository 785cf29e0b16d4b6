import assert from "node:assert/strict";
import { callsEnd, deliversAll, exitsWith, gaps, sends } from "../judging.js";
import {
  type Call,
  isJavaScript,
  keepsTokens,
  retries,
  type Scenario,
  usesClientCredentials,
  usesOAuth,
} from "../scenario.js";

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
  {
    behaviour: 15,
    title: "the token endpoint is asked again after a transient fault",
    axes: ["clientAuthentication", "retry"],
    applies: (choices) => usesClientCredentials(choices) && retries(choices),
    session: { token: { steps: [{ status: 503 }, { status: 429 }, { delivery: "reset" }] } },
    judge: (seen) => {
      deliversAll(seen);
      sends(seen.tokenRequests, 4);
    },
    breaks: {
      javascript: [
        [
          "withRetries(() => askForToken({ deadline }), true,",
          "withRetries(() => askForToken({ deadline }), false,",
        ],
      ],
      python: [["self._request_token(deadline), True", "self._request_token(deadline), False"]],
    },
  },
  {
    behaviour: 15,
    title: "a token endpoint that is down is asked N times, however many wait for it",
    axes: ["clientAuthentication", "retry"],
    applies: (choices) => usesClientCredentials(choices) && retries(choices),
    set: { maxAttempts: 3 },
    session: { token: { steps: [{ status: 503 }], after: "last" } },
    judge: (seen) => {
      exitsWith(seen, "unavailable", 0);
      sends(seen.tokenRequests, 3);
      sends(seen.requests, 0);
    },
    breaks: {
      javascript: [["transient: false, unsent: false", ""]],
      python: [["transient=False, unsent=False", ""]],
    },
  },
  {
    behaviour: 15,
    title: "a client that the token endpoint refuses isn't tried again",
    axes: ["auth", "clientAuthentication"],
    applies: usesOAuth,
    environment: (given) => ({ ...given, API_CLIENT_SECRET: "wrong" }),
    judge: (seen) => {
      exitsWith(seen, "denied", 0);
      sends(seen.tokenRequests, 1);
      sends(seen.requests, 0);
    },
    breaks: {
      javascript: [['401: "denied"', '401: "unavailable"']],
      python: [['401: "denied"', '401: "unavailable"']],
    },
  },
  {
    behaviour: 16,
    title: "scope, audience and resource are sent where they are set",
    axes: ["clientAuthentication"],
    applies: usesClientCredentials,
    environment: (given) => ({
      ...given,
      API_SCOPE: "read write",
      API_AUDIENCE: "https://api/?a=b&c",
      API_RESOURCE: "https://api/items?d=e&f",
    }),
    judge: (seen) => {
      const [grant] = seen.session.tokens.grants;
      assert.equal(grant?.scope, "read write");
      assert.equal(grant.audience, "https://api/?a=b&c");
      assert.deepEqual(grant.resource, ["https://api/items?d=e&f"]);
    },
    breaks: {
      javascript: [['form.set("audience"', 'form.set("aud"']],
      python: [['"scope", "audience", "resource"', '"scope", "resource"']],
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
    behaviour: 15,
    title: "client credentials are sent again where no connection came about",
    axes: ["retry"],
    applies: (choices) => usesClientCredentials(choices) && retries(choices),
    set: { maxAttempts: 3, baseDelayMs: 10, delayMs: 10 },
    environment: (given, { closed }) => ({ ...given, API_TOKEN_URL: `${closed}/token` }),
    judge: (seen) => {
      exitsWith(seen, "unavailable", 0);
      assert.equal(seen.logs.filter(({ level }) => level === "warn").length, 2);
    },
    breaks: {
      javascript: [
        [/const UNSENT = .*/, "const UNSENT = /^$/;"],
        [/const TRANSIENT = .*/, "const TRANSIENT = /^$/;"],
      ],
      python: [
        [/UNSENT = .*/, "UNSENT = ()"],
        [/again = bool.*/, "again = False"],
      ],
    },
  },
  ...[{ status: 502 }, { delivery: "hang" as const }].map((step): Scenario => ({
    behaviour: 15,
    title: `a refresh token that may be spent isn't sent again: ${JSON.stringify(step)}`,
    axes: ["retry"],
    applies: (choices) => keepsTokens(choices) && retries(choices),
    set: { timeoutMs: 1000, baseDelayMs: 10, delayMs: 10 },
    session: { token: { steps: [step] } },
    judge: (seen) => {
      exitsWith(seen, "unavailable", 0);
      sends(seen.tokenRequests, 1);
    },
    breaks: {
      javascript: [["const transient = status === 429", "const transient = status !== 429"]],
      python: [['error.details["transient"] = status == 429', 'error.details["transient"] = True']],
    },
  })),
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
  {
    behaviour: 16,
    title: "the token endpoint may have a query",
    axes: [],
    applies: usesClientCredentials,
    environment: (given) => ({
      ...given,
      API_TOKEN_URL: `${given["API_TOKEN_URL"] ?? ""}?tenant=a`,
    }),
    judge: (seen) => {
      deliversAll(seen);
    },
    breaks: {
      javascript: [['isUrl(text.replace(/\\?[^#\\s]*$/, ""))', "isUrl(text)"]],
      python: [['rf"{URL.pattern}(\\?[^#\\s]*)?"', "URL.pattern"]],
    },
  },
];
