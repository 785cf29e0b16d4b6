import assert from "node:assert/strict";
import { deliversAll, exitsWith, gaps, loggedWaits, logMentions, sends, sum } from "../judging.js";
import { isJavaScript, retries, type Scenario } from "../scenario.js";

const LONGEST = 2_147_483_647;
const TO_COME_BACK = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/;

/** No wait without Retry-After is longer than 100 ms here. */
const IGNORES: Scenario["breaks"] = {
  javascript: [["const wait = (after ?? backoff)", "const wait = backoff"]],
  python: [["wait = backoff if after is None else", "wait = backoff if True else"]],
};

export const RETRY_AFTER: readonly Scenario[] = [
  {
    behaviour: 33,
    title: "a wait that no timer can hold ends the call, whatever the settings allow",
    axes: ["retry"],
    applies: (choices) => isJavaScript(choices) && retries(choices),
    session: { steps: [{ status: 503, retryAfter: 2_147_484 }] },
    edits: () => [
      [/MAX_RETRY_AFTER_MS = \d+/, "MAX_RETRY_AFTER_MS = 4e9"],
      [/DEADLINE_MS = \d+/, "DEADLINE_MS = 4e9"],
    ],
    judge: (seen) => {
      exitsWith(seen, "later", 0);
      sends(seen.requests, 1);
    },
    breaks: { javascript: [[" || wait > 2e9", ""]] },
  },
  {
    behaviour: 29,
    title: "seconds are waited out: the next request is never earlier",
    axes: ["retry"],
    applies: retries,
    session: {
      steps: [
        { status: 503, retryAfter: 1 },
        { status: 429, retryAfter: 2 },
      ],
    },
    judge: (seen) => {
      deliversAll(seen);
      const [first = 0, second = 0] = gaps(seen.requests);
      assert.ok(first >= 1000 && second >= 2000, `waited ${first} and ${second} ms`);
    },
    breaks: IGNORES,
  },
  {
    behaviour: 29,
    title: "blanks after the value don't matter (RFC 9110 §5.5)",
    axes: [],
    applies: retries,
    session: {
      steps: [
        { status: 503, headers: { "Retry-After": "1 " } },
        { status: 503, headers: { "Retry-After": "Fri, 31 Dec 2049 23:59:59 GMT\t" } },
      ],
    },
    judge: (seen) => {
      const [first = 0] = gaps(seen.requests);
      assert.ok(first >= 1000, `waited ${first} ms`);
      exitsWith(seen, "later", 0);
    },
    breaks: {
      javascript: [["[ \\t]*$/.test(text) ? Number", "$/.test(text) ? Number"]],
      python: [['[ \\t]*", headers.get(name', '", headers.get(name']],
    },
  },
  {
    behaviour: 30,
    title: "the three forms of a date are read, by the server's clock, whatever the time zone",
    axes: ["retry"],
    applies: retries,
    environment: (given) => ({ ...given, TZ: "Asia/Tokyo" }),
    session: {
      steps: [
        { status: 503, retryAfter: { form: "imf-fixdate", seconds: 1 } },
        { status: 503, retryAfter: { form: "rfc850", seconds: 1, skewSeconds: 7200 } },
        { status: 503, retryAfter: { form: "asctime", seconds: 1, skewSeconds: -7200 } },
        { status: 503, retryAfter: { form: "asctime", seconds: 1 } },
      ],
    },
    judge: (seen) => {
      deliversAll(seen);
      const waits = gaps(seen.requests).slice(0, 4);
      for (const wait of waits) assert.ok(wait >= 1000, `waited only ${wait} ms`);
    },
    breaks: {
      javascript: [['parseDate(headers.get("date") ?? "") || Date.now()', "Date.now()"]],
      python: [['parse_http_date(headers.get("Date", "")) or time.time()', "time.time()"]],
    },
  },
  {
    behaviour: 31,
    title: "what is no wait is ignored: the computed backoff stands",
    axes: ["retry"],
    applies: retries,
    set: { baseDelayMs: 1000, maxDelayMs: 1000, maxAttempts: 7 },
    session: {
      steps: ["-5", "soon", "1e3", "-1", "Wed, 99 Foo 2020 10:00:00 GMT", "٣"].map(
        (retryAfter) => ({
          status: 503,
          headers: { "Retry-After": Buffer.from(retryAfter).toString("latin1") },
        }),
      ),
    },
    judge: (seen) => {
      deliversAll(seen);
      const waits = gaps(seen.requests).slice(0, 6);
      assert.ok(sum(waits) >= 500, `six waits took ${sum(waits)} ms`);
      assert.ok(sum(loggedWaits(seen)) >= 500);
      assert.ok(Math.max(...waits) < 10_000);
    },
    breaks: {
      javascript: [[".find((wait) => wait >= 0)", ".find((wait) => wait >= 0) ?? 0"]],
      python: [
        [
          "if then is not None and then >= now else None",
          "if then is not None and then >= now else 0",
        ],
      ],
    },
  },
  {
    behaviour: 32,
    title: "over the cap the call ends at once, and says when to come back",
    axes: ["retry"],
    applies: retries,
    set: { maxRetryAfterMs: 5000 },
    session: { steps: [{ status: 503, retryAfter: 62 }] },
    judge: (seen) => {
      exitsWith(seen, "later", 0);
      sends(seen.requests, 1);
      logMentions(seen, TO_COME_BACK);
    },
    breaks: {
      javascript: [["(after ?? 0) > MAX_RETRY_AFTER_MS", "false"]],
      python: [["(after or 0) > MAX_RETRY_AFTER_MS", "False"]],
    },
    limitMs: 12_000,
  },
  {
    behaviour: 32,
    title: "so it does where the wait goes beyond the deadline",
    axes: ["retry"],
    applies: retries,
    set: { deadlineMs: 4000 },
    session: { steps: [{ status: 429, retryAfter: 8 }] },
    judge: (seen) => {
      exitsWith(seen, "later", 0);
      sends(seen.requests, 1);
      logMentions(seen, TO_COME_BACK);
    },
    breaks: {
      javascript: [["performance.now() + wait > deadline", "false"]],
      python: [["time.monotonic() + wait / 1000 > deadline", "False"]],
    },
  },
  {
    behaviour: 33,
    title: "a wait of weeks never ends early",
    axes: ["retry"],
    applies: retries,
    set: { maxRetryAfterMs: LONGEST, deadlineMs: LONGEST },
    session: { steps: [{ status: 503, retryAfter: 2_147_480 }] },
    interference: { signal: { name: "SIGTERM", afterRequests: 1, laterMs: 1500 } },
    judge: (seen) => {
      sends(seen.requests, 1);
    },
    breaks: IGNORES,
  },
];
