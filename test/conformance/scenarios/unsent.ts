/** What clients in Python make of an attempt that got no answer: was anything sent, is it over? */
import assert from "node:assert/strict";
import { callsEnd, deliversAll, logMentions, sends } from "../judging.js";
import { type Call, type Choices, type Scenario, isPython, retries } from "../scenario.js";

const POST: Call = { do: "request", method: "POST", json: { name: "a" } };
const retriesInPython = (choices: Choices) => isPython(choices) && retries(choices);

export const UNSENT: readonly Scenario[] = [
  {
    behaviour: 21,
    title: "a key that is None or empty is none: the POST is made once",
    axes: ["retry"],
    applies: isPython,
    session: {
      steps: [
        { commit: true, delivery: "reset" },
        { commit: true, delivery: "reset" },
      ],
    },
    calls: [null, ""].map((key) => ({ ...POST, headers: { "Idempotency-Key": key } })),
    judge: (seen) => {
      callsEnd(seen, "unavailable", "unavailable");
      sends(seen.requests, 2);
      assert.equal(seen.session.commits.length, 2);
    },
    breaks: { python: [[".items() if v", ".items()"]] },
  },
  {
    behaviour: 22,
    title: "a POST that found no connection in time is tried again",
    axes: ["retry"],
    // The limit of Node.js's own, 10 s, is too long for a test.
    applies: retriesInPython,
    set: { maxAttempts: 3, timeoutMs: 900 },
    environment: (given, { full }) => ({ ...given, API_BASE_URL: full }),
    calls: [POST],
    judge: (seen) => {
      callsEnd(seen, "unavailable");
      logMentions(seen, /^POST \/v1\/items failed: ConnectTimeout$/m);
      assert.equal(seen.logs.length, 2, "two attempts more are logged");
    },
    breaks: { python: [["(limit / 3, limit)", "2 * limit"]] },
  },
  {
    behaviour: 43,
    title: "an attempt that ends while its end is not awaited any more is tried again",
    axes: ["retry"],
    applies: retriesInPython,
    set: { timeoutMs: 500 },
    session: { steps: [{ delivery: "hang" }] },
    // As on a busy machine: the thread that waited is stopped right there for a while.
    edits: () => [
      [
        /except \(OSError, ValueError, futures.TimeoutError\) as error:/,
        "$&\n            time.sleep(0.5)",
      ],
    ],
    judge: (seen) => {
      deliversAll(seen);
    },
    breaks: { python: [["isinstance(error, futures.TimeoutError)", "not done.done()"]] },
  },
];
