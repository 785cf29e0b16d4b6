import assert from "node:assert/strict";
import { callsEnd, deliversAll, exitsWith, outcomeOf, sends } from "../judging.js";
import {
  type Choices,
  isJavaScript,
  isLimited,
  retries,
  type Scenario,
  type Seen,
  usesOAuth,
} from "../scenario.js";

const RATE = 4;
const BURST = 5;
export const LIMIT = { requestsPerSecond: RATE, burst: BURST };
/** How much later than it was let go a request may arrive on a busy machine. */
const TRANSPORT_MS = 1500;

const burstOf = (choices: Choices) => (choices["rate-limit"] === "interval" ? 1 : BURST);
const UNLIMITED: Scenario["breaks"] = {
  javascript: [
    ["await limiter.take(operation);", ""],
    ["await limiter.take(operation);", ""],
  ],
  python: [["self._limiter.take(deadline)", "pass"]],
};

/** In any window no more requests arrive than the burst and the rate allow. */
export function keepsRate(seen: Seen): void {
  const times = [...seen.requests, ...seen.tokenRequests].map(({ at }) => at).sort((a, b) => a - b);
  const burst = burstOf(seen.choices);
  for (const [first, from] of times.entries()) {
    for (const [index, until] of times.slice(first).entries()) {
      const allowed = burst + (RATE * (until - from + TRANSPORT_MS)) / 1000;
      assert.ok(index + 1 <= allowed, `${index + 1} requests within ${until - from} ms`);
    }
  }
}

export const LIMITS: readonly Scenario[] = [
  {
    behaviour: 42,
    title: "the deadline spans attempts and waits, and no wait begins that won't fit",
    axes: ["retry"],
    applies: retries,
    set: { deadlineMs: 2000, maxAttempts: 100, baseDelayMs: 300, maxDelayMs: 300 },
    session: { steps: [{ status: 500 }], after: "last" },
    judge: (seen) => {
      exitsWith(seen, "later", 0);
      const [first, last] = [seen.requests[0]?.at ?? 0, seen.requests.at(-1)?.at ?? 0];
      assert.ok(seen.requests.length > 1);
      assert.ok(last - first <= 2000 + TRANSPORT_MS, `the last attempt came at ${last - first} ms`);
    },
    limitMs: 10_000,
    breaks: {
      javascript: [["performance.now() + wait > deadline", "false"]],
      python: [["time.monotonic() + wait / 1000 > deadline", "False"]],
    },
  },
  {
    behaviour: 42,
    title: "a turn that comes after the deadline isn't waited for",
    axes: ["rate-limit"],
    applies: (choices) =>
      isLimited(choices) && choices.pagination !== "single" && !choices.clientAuthentication,
    set: { requestsPerSecond: 0.05, burst: 1, deadlineMs: 3000 },
    judge: (seen) => {
      exitsWith(seen, "later", 100);
      sends(seen.requests, 1);
    },
    limitMs: 10_000,
    breaks: {
      javascript: [
        [/performance\.now\(\) \+ ms > deadline|now \+ ms > deadline|ms > deadline/, "false"],
      ],
      python: [[/(now|time\.monotonic\(\)) \+ wait > deadline/, "False"]],
    },
  },
  ...(["slow-body", "hang"] as const).map((delivery): Scenario => ({
    behaviour: 43,
    title: `an attempt's time covers its body (${delivery})`,
    axes: ["retry"],
    applies: retries,
    set: { timeoutMs: 700 },
    session: { steps: [{ delivery, everyMs: 150 }] },
    judge: (seen) => {
      deliversAll(seen);
      const [first] = seen.requests;
      assert.ok(first?.clientClosed, "the client gives up");
      assert.ok((first.endedAt ?? Infinity) - first.at < 6000);
    },
    limitMs: 12_000,
    breaks: {
      javascript: [["Math.min(TIMEOUT_MS, deadline - start, 2e9)", "60_000"]],
      python: [
        ["limit = max(0.001, min(TIMEOUT_MS / 1000,", "limit = max(60, min(TIMEOUT_MS / 1000,"],
      ],
    },
  })),
  {
    behaviour: 43,
    title: "an attempt's time covers a packed body that is damaged",
    axes: ["retry"],
    set: { timeoutMs: 700, baseDelayMs: 10, delayMs: 10 },
    session: { steps: [{ delivery: "damaged-gzip" }], after: "last" },
    judge: (seen) => {
      exitsWith(seen, "unavailable", 0);
    },
    breaks: {
      javascript: [["({ write }), { signal: controller.signal }", "({ write })"]],
      python: [["iter_content(16384)", "raw.stream(16384, decode_content=False)"]],
    },
  },
  {
    behaviour: 44,
    title: "no attempt takes longer than what is left of the deadline",
    axes: ["retry"],
    set: { deadlineMs: 1500, timeoutMs: 60_000 },
    session: { steps: [{ delivery: "hang" }], after: "last" },
    judge: (seen) => {
      assert.ok(seen.exitCode === 69 || seen.exitCode === 75, `exit ${String(seen.exitCode)}`);
      sends(seen.requests, 1);
    },
    limitMs: 10_000,
    breaks: {
      javascript: [["Math.min(TIMEOUT_MS, deadline - start, 2e9)", "TIMEOUT_MS"]],
      python: [["min(TIMEOUT_MS / 1000, deadline - time.monotonic())", "TIMEOUT_MS / 1000"]],
    },
  },
  {
    behaviour: 44,
    title: "the last attempt takes no longer than what earlier ones leave",
    axes: ["retry"],
    applies: retries,
    set: { deadlineMs: 2500, timeoutMs: 60_000, baseDelayMs: 10, delayMs: 10 },
    session: { steps: [{ status: 503, delayMs: 1500 }, { delivery: "hang" }], after: "last" },
    judge: (seen) => {
      sends(seen.requests, 2);
      const [first, last] = seen.requests;
      assert.ok((last?.endedAt ?? Infinity) - (first?.at ?? 0) < 3500);
    },
    limitMs: 10_000,
    breaks: {
      javascript: [["Math.min(TIMEOUT_MS, deadline - start, 2e9)", "DEADLINE_MS"]],
      python: [["min(TIMEOUT_MS / 1000, deadline - time.monotonic())", "DEADLINE_MS / 1000"]],
    },
  },
  {
    behaviour: 45,
    title: "in any window no more requests go than burst and rate allow",
    axes: ["rate-limit"],
    applies: isLimited,
    set: LIMIT,
    // The first request of a process takes its time; the others would catch up with it.
    calls: [{ do: "request" }, { do: "wait", ms: 500 }, { do: "request", times: 30, staggerMs: 0 }],
    judge: (seen) => {
      callsEnd(seen, ...Array<string>(31).fill("ok"));
      keepsRate(seen);
    },
    breaks: UNLIMITED,
  },
  {
    behaviour: 46,
    title: "a step of the wall clock changes nothing",
    axes: ["rate-limit"],
    applies: isLimited,
    set: LIMIT,
    calls: [
      { do: "request", times: 12, staggerMs: 0 },
      { do: "clock", stepMs: 3_600_000 },
      { do: "request", times: 12, staggerMs: 0 },
      { do: "clock", stepMs: -7_200_000 },
      { do: "request", times: 12, staggerMs: 0 },
    ],
    judge: (seen) => {
      callsEnd(seen, ...Array<string>(36).fill("ok"));
      keepsRate(seen);
    },
    breaks: {
      javascript: [[/performance\.now\(\)/g, "Date.now()"]],
      python: [[/time\.monotonic\(\)/g, "time.time()"]],
    },
  },
  {
    behaviour: 47,
    title: "every attempt takes a turn, those for a token too",
    axes: ["rate-limit", "retry"],
    applies: (choices) => isLimited(choices) && retries(choices),
    set: { ...LIMIT, maxAttempts: 20, baseDelayMs: 1, maxDelayMs: 1 },
    session: {
      steps: Array<{ status: number }>(18).fill({ status: 503 }),
      token: { steps: Array<object>(10).fill({ status: 503, retryAfter: 0 }) },
    },
    calls: [{ do: "request" }],
    judge: (seen) => {
      callsEnd(seen, "ok");
      keepsRate(seen);
    },
    breaks: UNLIMITED,
  },
  {
    behaviour: 48,
    title: "who comes first goes first",
    axes: ["rate-limit"],
    applies: isLimited,
    set: { requestsPerSecond: 10, burst: 1 },
    calls: [{ do: "request", times: 8, staggerMs: 20 }],
    judge: (seen) => {
      const order = seen.requests.map(({ query }) => query["n"]?.[0]);
      assert.deepEqual(order, ["0", "1", "2", "3", "4", "5", "6", "7"]);
    },
    breaks: {
      javascript: [
        [
          /const result = await exchange\(/,
          'await delay(900 - 110 * Number(url.searchParams.get("n")));\n    $&',
        ],
      ],
      python: [["self._queue.append(place)", "self._queue.insert(0, place)"]],
    },
  },
  {
    behaviour: 48,
    title: "a caller that gives up returns its place",
    axes: ["rate-limit"],
    applies: (choices) => isLimited(choices) && isJavaScript(choices) && !usesOAuth(choices),
    set: { requestsPerSecond: 1, burst: 1 },
    calls: [{ do: "request", times: 3, staggerMs: 10, abort: { index: 1, afterMs: 200 } }],
    judge: (seen) => {
      callsEnd(seen, "ok", "aborted", "ok");
      assert.ok(outcomeOf(seen, 1).ms < 700, "it goes at once");
      assert.ok(outcomeOf(seen, 2).ms < 1800, "the next one takes its turn");
      sends(seen.requests, 2);
    },
    breaks: { javascript: [[/undefined, \{ signal \}\);\n( {6}\}\n)/, "undefined);\n$1"]] },
  },
];
