/** Which POST clients take for one that may be sent again. */
import assert from "node:assert/strict";
import { callsEnd, logMentions, sends } from "../judging.js";
import { type Call, type Scenario, isPython, retries } from "../scenario.js";

const POST: Call = { do: "request", method: "POST", json: { name: "a" } };

export const UNSENT: readonly Scenario[] = [
  {
    behaviour: 21,
    title: "a key that is null or empty is none: the POST is made once",
    axes: ["retry"],
    applies: retries,
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
    breaks: {
      javascript: [[/Boolean\(headers\.get\((.*)\)\)/, "headers.has($1)"]],
      python: [[".items() if v", ".items()"]],
    },
  },
  {
    behaviour: 22,
    title: "a POST that found no connection in time is tried again",
    axes: ["retry"],
    // The limit of Node.js's own, 10 s, is too long for a test.
    applies: (choices) => isPython(choices) && retries(choices),
    set: { maxAttempts: 3, timeoutMs: 900 },
    environment: (given, { full }) => ({ ...given, API_BASE_URL: full }),
    calls: [POST],
    judge: (seen) => {
      callsEnd(seen, "unavailable");
      logMentions(seen, /^POST \/v1\/items failed: ConnectTimeoutError$/m);
      assert.equal(seen.logs.length, 2, "two attempts more are logged");
    },
    breaks: { python: [["(limit / 3, limit)", "2 * limit"]] },
  },
];
