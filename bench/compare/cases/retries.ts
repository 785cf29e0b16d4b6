/** What is tried again, and what isn't. */
import assert from "node:assert/strict";
import { callsEnd, sends, gaps, sum } from "../../../test/conformance/judging.js";
import { RETRY } from "../../../test/conformance/scenarios/retry.js";
import { RETRY_ADVICE } from "../../../test/conformance/scenarios/retry-advice.js";
import { BACKOFF } from "../../../test/conformance/scenarios/backoff.js";
import { WHOLE_ANSWERS } from "../../../test/conformance/scenarios/whole-answer.js";
import type { Call } from "../../../test/conformance/scenario.js";
import { type Case, caseOf, endsWithError, printsAll } from "../case.js";

const FINAL = [400, 401, 403, 404, 405, 410, 422, 451, 501, 505];
const POST: Call = { do: "request", method: "POST", json: { name: "a" } };

export const RETRIES: readonly Case[] = [
  {
    behaviour: 1,
    title: "a token that changes while a retry is waited for is sent from then on",
    session: { steps: [{ status: 503, delayMs: 500, credentials: { API_TOKEN: "rotated" } }] },
    calls: [{ do: "set", config: { API_TOKEN: "rotated" }, afterMs: 100 }, { do: "request" }],
    judge: (seen) => {
      callsEnd(seen, "ok");
      assert.deepEqual(
        seen.requests.map(({ status }) => status),
        [503, 200],
      );
    },
  },
  caseOf(RETRY, /^408, 429/, {
    judge: (seen) => {
      const statuses = seen.requests.slice(0, 7).map(({ status }) => status);
      assert.deepEqual(statuses, [408, 429, 500, 502, 503, 504, 200], `${statuses.join()} came`);
      printsAll(seen);
    },
  }),
  caseOf(RETRY, /^PUT and DELETE/, { title: "PUT and HEAD are tried again as well" }),
  {
    behaviour: 19,
    title: `${FINAL.join(", ")} are asked for once`,
    session: { steps: FINAL.map((status) => ({ status })) },
    calls: [{ do: "request", times: FINAL.length }],
    judge: (seen) => {
      const again = seen.requests.length - FINAL.length;
      assert.ok(again <= 0, `${again} requests more than calls`);
      assert.ok(!seen.outcomes.some(({ ok }) => ok), "an error is taken for a success");
    },
  },
  {
    behaviour: 20,
    title: "a POST without a key that gets 409 isn't sent again",
    session: { steps: [{ status: 409 }] },
    calls: [POST],
    judge: (seen) => {
      sends(seen.requests, 1);
    },
  },
  ...(["reset", "truncated"] as const).map((delivery) =>
    caseOf(RETRY, new RegExp(`^a POST without a key.*${delivery}`), {
      judge: ({ session }) => {
        assert.equal(session.commits.length, 1, `${session.commits.length} commits`);
      },
    }),
  ),
  caseOf(RETRY_ADVICE, /^a connection that ends early/),
  caseOf(WHOLE_ANSWERS, /^a failure while the body arrives/, { judge: printsAllRecords }),
  caseOf(WHOLE_ANSWERS, /^a body that is too short/, {
    judge: (seen) => {
      endsWithError(seen, 0);
    },
  }),
  caseOf(RETRY_ADVICE, /^a body is the same in each attempt/),
  caseOf(RETRY_ADVICE, /^a file as data/, {
    title: "a file is never sent again empty",
    language: "python",
    judge: (seen) => {
      const sent = seen.requests.map(({ body }) => body.includes("once"));
      assert.ok(!sent.includes(false), "the second request has no body");
    },
  }),
  caseOf(WHOLE_ANSWERS, /^a success that isn't JSON/, {
    judge: (seen) => {
      endsWithError(seen, 0);
      sends(seen.requests, 1);
    },
  }),
  {
    behaviour: 38,
    title: "first retries don't follow at once",
    set: { baseDelayMs: 500, maxDelayMs: 500 },
    session: { steps: [{ status: 503 }, "ok"], after: "loop" },
    calls: [{ do: "request", times: 7 }],
    judge: (seen) => {
      const waits = gaps(seen.requests).filter((_, index) => index % 2 === 0);
      sends(seen.requests, 14);
      assert.ok(sum(waits) >= 500, `seven waits took ${Math.round(sum(waits))} ms`);
    },
  },
  caseOf(BACKOFF, /^N attempts are N requests/, {
    title: "N attempts are N requests, then an error",
    set: { maxAttempts: 3, baseDelayMs: 50, maxDelayMs: 50 },
    judge: (seen) => {
      sends(seen.requests, 3);
      endsWithError(seen, 0);
    },
  }),
];

function printsAllRecords(seen: Parameters<Case["judge"]>[0]): void {
  printsAll(seen);
}
