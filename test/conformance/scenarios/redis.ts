/** The limiter in Redis, one process of it; `../redis/` has many, and servers that fail midway. */
import assert from "node:assert/strict";
import { callsEnd, exitsWith, logMentions, outcomeOf, sends } from "../judging.js";
import { keepsWithin } from "../redis/rate.js";
import { type Choices, isJavaScript, type Scenario, type Seen, usesOAuth } from "../scenario.js";

const PASSWORD = "canary-of-the-password";
const usesRedis = (choices: Choices): boolean => choices["rate-limit"] === "redis";
const arrivals = (seen: Seen): readonly number[] =>
  [...seen.requests, ...seen.tokenRequests].map(({ at }) => at);

export const REDIS: readonly Scenario[] = [
  {
    behaviour: 49,
    title: "turns are taken in Redis",
    axes: ["rate-limit"],
    applies: usesRedis,
    set: { requestsPerSecond: 4, burst: 5 },
    calls: [{ do: "request" }, { do: "wait", ms: 500 }, { do: "request", times: 20, staggerMs: 0 }],
    judge: (seen) => {
      callsEnd(seen, ...Array<string>(21).fill("ok"));
      keepsWithin(arrivals(seen), { rate: 4, burst: 5 });
      assert.doesNotMatch(seen.stderr, /Redis is away/);
    },
    breaks: {
      javascript: [[/redis\.call\("SET".*/, ""]],
      python: [[/redis\.call\("SET".*/, ""]],
    },
  },
  {
    behaviour: 50,
    title: "while Redis is away a worker keeps to its share of the rate",
    axes: ["rate-limit"],
    applies: usesRedis,
    set: { requestsPerSecond: 8, burst: 20, workers: 4 },
    environment: (given, { closed }) => ({
      ...given,
      REDIS_URL: closed.replace("http://", `redis://:${PASSWORD}@`),
    }),
    calls: [{ do: "request" }, { do: "wait", ms: 500 }, { do: "request", times: 8, staggerMs: 0 }],
    judge: (seen) => {
      callsEnd(seen, ...Array<string>(9).fill("ok"));
      keepsWithin(arrivals(seen), { rate: 2, burst: 1 });
      const warnings = seen.logs.filter(({ level }) => level === "warn");
      assert.equal(warnings.length, 1, "one warning for the outage");
      logMentions(seen, /Redis is away/);
      for (const secret of [PASSWORD, "127.0.0.1"]) assert.ok(!seen.stderr.includes(secret));
    },
    breaks: {
      javascript: [["this.#lastTurn + SHARE_MS", "0"]],
      python: [["self._last_turn + WORKERS / REQUESTS_PER_SECOND", "0"]],
    },
  },
  {
    behaviour: 48,
    title: "while Redis is away, a caller that gives up leaves its turn to those who come later",
    axes: [],
    applies: (choices) => usesRedis(choices) && isJavaScript(choices) && !usesOAuth(choices),
    set: { requestsPerSecond: 1, burst: 1, workers: 1 },
    environment: (given, { closed }) => ({
      ...given,
      REDIS_URL: closed.replace("http://", "redis://"),
    }),
    calls: [
      { do: "request", times: 3, staggerMs: 10, abort: { index: 2, afterMs: 200 } },
      { do: "request" },
    ],
    judge: (seen) => {
      callsEnd(seen, "ok", "ok", "aborted", "ok");
      assert.ok(outcomeOf(seen, 3).ms < 1500, "the last takes the third turn");
    },
    breaks: {
      javascript: [["Math.min(this.#lastTurn, before)", "this.#lastTurn"]],
    },
  },
  {
    behaviour: 79,
    title: "where Redis is must be a URL of its kind",
    axes: ["rate-limit"],
    applies: usesRedis,
    environment: (given) => ({ ...given, REDIS_URL: `http://:${PASSWORD}@localhost:6379` }),
    judge: (seen) => {
      exitsWith(seen, "config", 0);
      sends(seen.requests, 0);
      logMentions(seen, /REDIS_URL must be a redis:/);
      assert.ok(!seen.stderr.includes(PASSWORD));
    },
    breaks: {
      javascript: [[/REDIS = .*/, "REDIS = /^/;"]],
      python: [[/REDIS = .*/, 'REDIS = re.compile(".*")']],
    },
  },
];
