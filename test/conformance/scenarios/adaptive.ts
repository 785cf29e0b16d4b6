import assert from "node:assert/strict";
import { DIALECTS } from "../../../src/sandbox/limit-headers.js";
import type { SessionOptions } from "../../../src/sandbox/index.js";
import { callsEnd, outcomeOf, sends } from "../judging.js";
import {
  type Call,
  type Choices,
  type Fields,
  type Scenario,
  type Seen,
  usesOAuth,
} from "../scenario.js";
import { LIMIT, keepsRate } from "./limits.js";

const isAdaptive = (choices: Choices) => choices["rate-limit"] === "adaptive";
const OBSERVES_NOTHING: Scenario["breaks"] = {
  javascript: [[/limiter\.observe\(result\.response\.headers\);/g, ""]],
  python: [[/self\._limiter\.observe\(response\.headers\)/g, "pass"]],
};
type Headers = Readonly<Record<string, string>>;

/** All but the first wait in the queue when the first is answered. */
const QUEUED = { requestsPerSecond: 3, burst: 1 };
const FOUR_AT_ONCE: readonly Call[] = [{ do: "request", times: 4, staggerMs: 5 }];
/** How much earlier than it was meant to, or later, a request may be seen on a busy machine. */
const EARLY_MS = 50;
const LATE_MS = 6000;

/** The others come so long after the first, and not much longer. */
function pauses(seen: Seen, leastMs: number, requests = seen.requests): void {
  assert.ok(requests.length > 1, "further requests come");
  const [first = 0, ...others] = requests.map(({ at }) => at);
  const waits = others.map((at) => at - first);
  assert.ok(Math.min(...waits) >= leastMs - EARLY_MS, `waits of ${waits.join(", ")} ms`);
  assert.ok(Math.min(...waits) < leastMs + LATE_MS, `waits of ${waits.join(", ")} ms`);
}

function firstAnswer(headers: Headers): SessionOptions {
  return { steps: [{ headers }] };
}

interface Told extends Pick<Scenario, "behaviour" | "title" | "breaks"> {
  readonly set?: Fields;
  readonly headers: Headers;
  readonly pauseMs: number;
}

/** What one answer says, and how long all callers pause for it. */
const TOLD: readonly Told[] = [
  {
    behaviour: 51,
    title: "nothing remains: all callers pause until the reset",
    headers: { RateLimit: '"default";r=0;t=2' },
    pauseMs: 2000,
    breaks: OBSERVES_NOTHING,
  },
  {
    behaviour: 51,
    title: "the window counts where the reset isn't told",
    headers: { RateLimit: '"b";r=0', "RateLimit-Policy": '"a";q=9;w=90, "b";q=5;w=2' },
    pauseMs: 2000,
    breaks: {
      javascript: [["policies.get(name)?.w ?? 0", "0"]],
      python: [['policies.get(name, {}).get("w", 0)', "0"]],
    },
  },
  {
    behaviour: 51,
    title: "the tightest of several policies and dialects wins",
    headers: {
      RateLimit: '"day";r=900;t=50, "burst";r=0;t=2',
      "X-RateLimit-Remaining": "7",
      "X-RateLimit-Reset": "40",
    },
    pauseMs: 2000,
    breaks: {
      javascript: [["a.remaining - b.remaining", "b.remaining - a.remaining"]],
      python: [["(limit[0], -limit[1])", "(-limit[0], -limit[1])"]],
    },
  },
  {
    behaviour: 51,
    title: "what is malformed is ignored",
    headers: {
      RateLimit: 'burst;r=0;t=40, "day";r=-1;t=40, "hour";r=zero;t=40, "minute',
      "RateLimit-Remaining": "none",
      "RateLimit-Reset": "40",
      "X-RateLimit-Remaining": "0 requests",
      "X-RateLimit-Reset": "40",
    },
    pauseMs: 0,
    breaks: {
      javascript: [
        [
          /\/\^\\d\+\(\\\.\\d\+\)\?\[ \\t\]\*\$\/\.test\((\w+)\) \? Number/,
          "/^\\d/.test($1) ? parseFloat",
        ],
      ],
      python: [[/float\((\w+)\) if re\.fullmatch\(.*?\) else -1/, 'float(($1 or "-1")[0] + "0")']],
    },
  },
  {
    behaviour: 52,
    title: "a reset without an end is capped",
    set: { maxPauseMs: 1500 },
    headers: { RateLimit: '"default";r=0;t=1000000000' },
    pauseMs: 1500,
    breaks: {
      javascript: [["? MAX_PAUSE_MS : DEADLINE_MS", "? Infinity : DEADLINE_MS"]],
      python: [["longest = MAX_PAUSE_MS if", "longest = math.inf if"]],
    },
  },
];

export const ADAPTIVE: readonly Scenario[] = [
  {
    behaviour: 51,
    title: "Retry-After is a pause for all callers, also where it is longer than resets may be",
    axes: ["retry"],
    applies: isAdaptive,
    set: { maxPauseMs: 500 },
    session: { steps: [{ status: 429, retryAfter: 2 }] },
    calls: [{ do: "request", times: 2, staggerMs: 400 }],
    judge: (seen) => {
      const [first, second] = seen.requests;
      assert.ok((second?.at ?? 0) - (first?.at ?? 0) >= 1990);
    },
    breaks: {
      javascript: [["? MAX_PAUSE_MS : DEADLINE_MS", "? MAX_PAUSE_MS : MAX_PAUSE_MS"]],
      python: [["else DEADLINE_MS", "else MAX_PAUSE_MS"]],
    },
  },
  ...DIALECTS.map((dialect): Scenario => ({
    behaviour: 51,
    title: `the server never has to say stop (${dialect})`,
    axes: ["rate-limit"],
    applies: isAdaptive,
    session: { quota: { requests: 4, seconds: 2, headers: [dialect] } },
    calls: [{ do: "request", times: 9 }],
    judge: (seen) => {
      callsEnd(seen, ...Array<string>(9).fill("ok"));
      sends(seen.requests, 9);
      assert.deepEqual([...new Set(seen.requests.map(({ status }) => status))], [200]);
    },
    breaks: OBSERVES_NOTHING,
  })),
  ...TOLD.map(({ headers, pauseMs, set, ...told }): Scenario => ({
    ...told,
    axes: ["rate-limit"],
    applies: isAdaptive,
    set: { ...QUEUED, ...set },
    session: firstAnswer(headers),
    calls: FOUR_AT_ONCE,
    judge: (seen) => {
      callsEnd(seen, "ok", "ok", "ok", "ok");
      pauses(seen, pauseMs);
    },
    limitMs: 15_000,
  })),
  {
    behaviour: 51,
    title: "Retry-After pauses the callers in flight too, and wins over other headers",
    axes: ["rate-limit", "retry"],
    applies: isAdaptive,
    set: QUEUED,
    session: {
      steps: [{ status: 429, retryAfter: 2, headers: { RateLimit: '"default";r=0;t=50' } }],
    },
    calls: FOUR_AT_ONCE,
    judge: (seen) => {
      assert.ok(seen.outcomes.filter(({ ok }) => ok).length >= 3, "the others are done");
      pauses(seen, 2000);
    },
    limitMs: 15_000,
    breaks: {
      javascript: [["after === undefined ? readRateLimit", "true ? readRateLimit"]],
      python: [["read_rate_limit(headers) if after is None", "read_rate_limit(headers) if True"]],
    },
  },
  {
    behaviour: 51,
    title: "what is left has to last until the reset",
    axes: ["rate-limit"],
    applies: isAdaptive,
    session: { steps: [{ headers: { RateLimit: '"default";r=2;t=2' } }], after: "last" },
    calls: [{ do: "request" }, { do: "request", times: 6, staggerMs: 0 }],
    judge: (seen) => {
      callsEnd(seen, ...Array<string>(7).fill("ok"));
      const took = (seen.requests.at(-1)?.at ?? 0) - (seen.requests[0]?.at ?? 0);
      // Two may go at once, then one a second; each answer says that two may.
      assert.ok(took >= 3000, `${took} ms`);
    },
    breaks: OBSERVES_NOTHING,
  },
  {
    behaviour: 51,
    title: "the answer with a token tells of the limit too",
    axes: ["retry"],
    applies: (choices) => isAdaptive(choices) && usesOAuth(choices),
    session: { token: { steps: [{ headers: { RateLimit: '"default";r=0;t=2' } }] } },
    calls: [{ do: "request" }],
    judge: (seen) => {
      callsEnd(seen, "ok");
      pauses(seen, 2000, [...seen.tokenRequests, ...seen.requests]);
    },
    breaks: OBSERVES_NOTHING,
  },
  {
    behaviour: 51,
    title: "a pause beyond the deadline isn't begun",
    axes: ["rate-limit"],
    applies: (choices) => isAdaptive(choices) && !usesOAuth(choices),
    set: { deadlineMs: 5000 },
    session: firstAnswer({ RateLimit: '"default";r=0;t=20' }),
    calls: [{ do: "request" }, { do: "request" }],
    judge: (seen) => {
      callsEnd(seen, "ok", "later");
      assert.ok(outcomeOf(seen, 1).ms < 2000, "it ends at once");
    },
    limitMs: 12_000,
    breaks: {
      javascript: [["performance.now() + ms > deadline", "false"]],
      python: [["time.monotonic() + wait > deadline", "False"]],
    },
  },
  {
    behaviour: 52,
    title: "however much the server offers, the configured rate is the ceiling",
    axes: ["rate-limit"],
    applies: isAdaptive,
    set: LIMIT,
    session: { steps: [{ headers: { RateLimit: '"default";r=1000000000;t=1' } }], after: "last" },
    calls: [{ do: "request" }, { do: "wait", ms: 500 }, { do: "request", times: 30, staggerMs: 0 }],
    judge: (seen) => {
      callsEnd(seen, ...Array<string>(31).fill("ok"));
      keepsRate(seen);
    },
    breaks: {
      javascript: [["Math.min(REQUESTS_PER_SECOND, (told", "Math.max(REQUESTS_PER_SECOND, (told"]],
      python: [["min(REQUESTS_PER_SECOND, remaining", "max(REQUESTS_PER_SECOND, remaining"]],
    },
  },
];
