/** The retry budget and the circuit breaker, which all calls of a client share. */
import assert from "node:assert/strict";
import { callsEnd, gaps, sends } from "../judging.js";
import {
  type Call,
  type Choices,
  type Fields,
  isJavaScript,
  type Scenario,
  type Seen,
  usesClientCredentials,
} from "../scenario.js";

const hasBreaker = ({ retry }: Choices): boolean => retry === "circuit-breaker";
const AT_ONCE: Fields = { baseDelayMs: 1, maxDelayMs: 1 };
const NEVER_OPEN: Fields = { ...AT_ONCE, breakerThreshold: 1_000_000 };
const OPEN_MS = 1000;
const OPENS: Fields = { ...AT_ONCE, breakerOpenMs: OPEN_MS };
const WAIT: Call = { do: "wait", ms: OPEN_MS + 200 };
const TO_COME_BACK = /try again after \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/;

const failures = (count: number, status = 503) => times(count, { status });

function times<T>(count: number, value: T): readonly T[] {
  return Array<T>(count).fill(value);
}

function steps(...all: readonly (readonly ({ status?: number; delayMs?: number } | "ok")[])[]) {
  return { steps: all.flat() };
}

/** No request between the one with this number and the next, while the breaker was open. */
function rests(seen: Seen, after: number): void {
  const gap = gaps(seen.requests)[after - 1] ?? 0;
  assert.ok(gap >= OPEN_MS, `${gap} ms between requests ${after} and ${after + 1}`);
}

export const BREAKER: readonly Scenario[] = [
  {
    behaviour: 41,
    title: "1,000 operations that fail make some 35 attempts more",
    axes: [],
    applies: hasBreaker,
    set: { ...NEVER_OPEN, maxAttempts: 3 },
    session: { steps: [{ status: 503 }], after: "last" },
    calls: [{ do: "request", times: 1000 }],
    limitMs: 90_000,
    judge: (seen) => {
      callsEnd(seen, ...times(1000, "unavailable"));
      const { length } = seen.requests;
      assert.ok(length > 1000 && length <= 1040, `${length} attempts`);
    },
    breaks: {
      javascript: [["cost > this.#budget", "false"]],
      python: [["cost > self._budget", "False"]],
    },
  },
  {
    behaviour: 41,
    title: "a retry of what was throttled costs less",
    axes: [],
    applies: hasBreaker,
    set: { ...NEVER_OPEN, maxAttempts: 3, retryBudget: 20 },
    session: { steps: [{ status: 429 }], after: "last" },
    calls: [{ do: "request", times: 4 }],
    judge: (seen) => {
      callsEnd(seen, ...times(4, "later"));
      sends(seen.requests, 4 + 4);
    },
    breaks: {
      javascript: [["=== 429 ? 5 : 14", "=== 429 ? 14 : 14"]],
      python: [["cost = 5 if", "cost = 14 if"]],
    },
  },
  {
    behaviour: 41,
    title: "a success after a retry pays its cost back",
    axes: [],
    applies: hasBreaker,
    set: { ...NEVER_OPEN, maxAttempts: 2, retryBudget: 14 },
    session: { steps: [{ status: 503 }, "ok"], after: "loop" },
    calls: [{ do: "request", times: 9 }],
    judge: (seen) => {
      callsEnd(seen, ...times(9, "ok"));
    },
    breaks: {
      javascript: [["(cost || 1)", "1"]],
      python: [["(cost or 1)", "1"]],
    },
  },
  {
    behaviour: 41,
    title: "any other success earns a little, and never more than the budget",
    axes: [],
    applies: hasBreaker,
    set: { ...NEVER_OPEN, maxAttempts: 2, retryBudget: 14 },
    session: steps(failures(3), times(28, "ok"), failures(3)),
    calls: [{ do: "request", times: 2 + 28 + 2 }],
    judge: (seen) => {
      const failed = times(2, "unavailable");
      callsEnd(seen, ...failed, ...times(28, "ok"), ...failed);
      sends(seen.requests, 3 + 28 + 3);
    },
    breaks: {
      javascript: [["Math.min(RETRY_BUDGET, this.#budget + (cost || 1))", "this.#budget + 1"]],
      python: [["self._budget = min(RETRY_BUDGET, self._budget + (cost or 1))", "pass"]],
    },
  },
  {
    behaviour: 41,
    title: "after failures in a row all calls end at once, until one of them is let through",
    axes: [],
    applies: hasBreaker,
    set: { ...OPENS, maxAttempts: 2, breakerThreshold: 4 },
    session: steps(failures(4), [{ delayMs: 700 }]),
    calls: [
      { do: "request", times: 2 },
      { do: "request", times: 9 },
      WAIT,
      { do: "request", times: 5, staggerMs: 20 },
      { do: "request", times: 3, staggerMs: 0 },
    ],
    judge: (seen) => {
      const ends = seen.outcomes.map(({ ok, kind }) => (ok ? "ok" : kind));
      assert.deepEqual(ends.slice(0, 11), [...times(2, "unavailable"), ...times(9, "later")]);
      assert.deepEqual(ends.slice(11, 16).sort(), [...times(4, "later"), "ok"], "one probe");
      assert.deepEqual(ends.slice(16), times(3, "ok"), "its success lets all through");
      for (const { kind, message } of seen.outcomes) {
        if (kind === "later") assert.match(message ?? "", TO_COME_BACK);
      }
      sends(seen.requests, 4 + 1 + 3);
      rests(seen, 4);
    },
    breaks: {
      javascript: [["(wait > 0 || this.#isProbing)", "wait > 0"]],
      python: [["(wait > 0 or self._is_probing)", "wait > 0"]],
    },
  },
  {
    behaviour: 41,
    title: "a call that is let through and fails makes them rest once more",
    axes: [],
    applies: hasBreaker,
    set: { ...OPENS, maxAttempts: 3, breakerThreshold: 4 },
    session: steps(failures(5)),
    calls: [
      { do: "request", times: 2 },
      WAIT,
      { do: "request", times: 2 },
      WAIT,
      { do: "request", times: 2 },
    ],
    judge: (seen) => {
      callsEnd(seen, ...times(3, "unavailable"), "later", "ok", "ok");
      sends(seen.requests, 4 + 1 + 2);
      rests(seen, 4);
      rests(seen, 5);
    },
    breaks: {
      javascript: [["isProbe !== this.#probeAt > 0", "isProbe"]],
      python: [["is_probe != (self._probe_at > 0)", "is_probe"]],
    },
  },
  {
    behaviour: 41,
    title: "an answer that blames the request is no failure of the API",
    axes: [],
    applies: hasBreaker,
    set: { ...OPENS, maxAttempts: 1, breakerThreshold: 2 },
    session: steps(
      [400, 404, 422, 429, 429].map((status) => ({ status })),
      failures(1),
      failures(1, 404),
      failures(1),
    ),
    calls: [{ do: "request", times: 9 }],
    judge: (seen) => {
      const blamed = [...times(3, "failed"), ...times(2, "later")];
      callsEnd(seen, ...blamed, "unavailable", "failed", "unavailable", "ok");
      sends(seen.requests, 9);
    },
    breaks: {
      javascript: [["if (status < 500)", "if (status < 400)"]],
      python: [['details.get("status", 500) < 500', 'details.get("status", 500) < 400']],
    },
  },
  {
    behaviour: 41,
    title: "a call that is let through and cancelled leaves its place to the next",
    axes: [],
    applies: (choices) => hasBreaker(choices) && isJavaScript(choices),
    set: { ...OPENS, maxAttempts: 1, breakerThreshold: 2 },
    session: steps(failures(2), [{ delayMs: 9000 }]),
    calls: [
      { do: "request", times: 2 },
      WAIT,
      { do: "request", abort: { index: 0, afterMs: 300 } },
      { do: "request", times: 2 },
    ],
    judge: (seen) => {
      callsEnd(seen, ...times(2, "unavailable"), "aborted", "ok", "ok");
      sends(seen.requests, 2 + 1 + 2);
    },
    breaks: { javascript: [["if (isProbe) this.#isProbing = false;", ""]] },
  },
  {
    behaviour: 41,
    title: "a token endpoint that keeps failing has a rest of its own",
    axes: [],
    applies: (choices) => hasBreaker(choices) && usesClientCredentials(choices),
    set: { ...OPENS, maxAttempts: 1, breakerThreshold: 2 },
    session: { token: steps(failures(2)) },
    calls: [{ do: "request", times: 4 }, WAIT, { do: "request", times: 2 }],
    judge: (seen) => {
      callsEnd(seen, ...times(2, "unavailable"), ...times(2, "later"), "ok", "ok");
      sends(seen.tokenRequests, 2 + 1);
      sends(seen.requests, 2);
    },
    breaks: {
      javascript: [
        [
          "tokenBreaker.call(() => askForToken({ deadline }), true, { deadline })",
          "askForToken({ deadline })",
        ],
      ],
      python: [
        [
          "self._token_guard.call(lambda: self._request_token(deadline), True, deadline)",
          "self._request_token(deadline)",
        ],
      ],
    },
  },
  {
    behaviour: 41,
    title: "what the token endpoint answers says nothing of the API",
    axes: [],
    applies: (choices) => hasBreaker(choices) && usesClientCredentials(choices),
    set: { ...OPENS, maxAttempts: 1, breakerThreshold: 2 },
    session: { ...steps(failures(3)), token: { ...steps(["ok"], failures(1, 429)), expiresIn: 5 } },
    calls: [
      { do: "request", times: 2 },
      { do: "wait", ms: 4500 },
      { do: "request", times: 3 },
    ],
    judge: (seen) => {
      callsEnd(seen, ...times(2, "unavailable"), "later", "unavailable", "later");
      sends(seen.requests, 3);
    },
    breaks: {
      javascript: [["unsent: false, status: undefined", "unsent: false"]],
      python: [['error.details.pop("status", None)', "pass"]],
    },
  },
];
