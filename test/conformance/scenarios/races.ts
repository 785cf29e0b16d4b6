/** Moments between two lines of a client in Python, made longer, as a busy machine makes them. */
import { callsEnd, deliversAll, sends } from "../judging.js";
import { type Scenario, isPython, retries, usesClientCredentials } from "../scenario.js";

export const RACES: readonly Scenario[] = [
  {
    behaviour: 17,
    title: "a caller that comes while the request for a token fails shares the failure",
    axes: ["auth", "retry"],
    applies: (choices) => isPython(choices) && usesClientCredentials(choices),
    session: { token: { steps: [{ status: 401, delayMs: 300 }] } },
    // Each caller has the lock for 0.6 s: that of the second one covers the answer.
    edits: () => [
      [
        /refresh, is_leader = (self\._refresh or .*), (self\._refresh is None)/,
        "refresh = $1\n            time.sleep(0.6)\n            is_leader = $2",
      ],
    ],
    calls: [{ do: "request", times: 2, staggerMs: 300 }],
    judge: (seen) => {
      callsEnd(seen, "denied", "denied");
      sends(seen.tokenRequests, 1);
    },
    breaks: {
      python: [
        [
          "            with self._lock:\n                self._refresh = None",
          "            self._refresh = None",
        ],
      ],
    },
  },
  {
    behaviour: 43,
    title: "an attempt that ends while its end is not awaited any more is tried again",
    axes: ["retry"],
    applies: (choices) => isPython(choices) && retries(choices),
    set: { timeoutMs: 500 },
    session: { steps: [{ delivery: "hang" }] },
    edits: () => [
      [
        /except \(OSError, ValueError, futures\.TimeoutError\) as error:/,
        "$&\n            time.sleep(0.5)",
      ],
    ],
    judge: (seen) => {
      deliversAll(seen);
    },
    breaks: { python: [["ChunkedEncoding|Timeout)", "ChunkedEncoding)"]] },
  },
];
