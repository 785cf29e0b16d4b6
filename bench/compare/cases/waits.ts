/** How long the server asks to wait, and how long it may take. */
import assert from "node:assert/strict";
import { callsEnd, gaps, outcomeOf, sends, sum } from "../../../test/conformance/judging.js";
import { LIMITS } from "../../../test/conformance/scenarios/limits.js";
import { PROCESS } from "../../../test/conformance/scenarios/process.js";
import { RETRY_AFTER } from "../../../test/conformance/scenarios/retry-after.js";
import type { Scenario } from "../../../test/conformance/scenario.js";
import { type Case, caseOf, endsWithError, printsAll, waitsAtLeast } from "../case.js";

const LONGEST = 2_147_483_647;
const NO_CAP = "has no longest Retry-After: it waits as long as it is told to";

/** A date has whole seconds: what it asks for is up to one second less than what was meant. */
const date = (
  title: string,
  retryAfter: { readonly form: string; readonly skewSeconds?: number },
  changes: Partial<Case> = {},
): Case => ({
  behaviour: 30,
  title,
  session: {
    steps: [{ status: 503, retryAfter: { seconds: 2, ...retryAfter } }],
  } as Scenario["session"] & object,
  judge: (seen) => {
    printsAll(seen);
    waitsAtLeast(gaps(seen.requests), 1000);
  },
  ...changes,
});

const garbage = (value: string): Case => ({
  behaviour: 31,
  title: `Retry-After: ${value} means the usual wait`,
  set: { baseDelayMs: 300, maxDelayMs: 300, maxAttempts: 6 },
  session: {
    steps: Array<object>(5).fill({ status: 503, headers: { "Retry-After": value } }),
  },
  judge: (seen) => {
    printsAll(seen);
    const waits = gaps(seen.requests).slice(0, 5);
    assert.ok(sum(waits) >= 250, `five waits took ${Math.round(sum(waits))} ms`);
    assert.ok(Math.max(...waits) < 20_000, "a wait takes more than 20 s");
  },
});

/** The second request comes before it may; nobody waits longer here than it takes to see that. */
const tooLong = (title: string, behaviour: number, seconds: number, capMs: number): Case => ({
  behaviour,
  title,
  set: { maxRetryAfterMs: capMs },
  session: { steps: [{ status: 503, retryAfter: seconds }] },
  interference: { signal: { name: "SIGTERM", afterRequests: 1, laterMs: 4000 } },
  judge: (seen) => {
    const [wait] = gaps(seen.requests);
    assert.ok(wait === undefined, `the next request comes after ${Math.round(wait ?? 0)} ms`);
  },
});

export const WAITS: readonly Case[] = [
  caseOf(RETRY_AFTER, /^seconds are waited out/, {
    judge: (seen) => {
      printsAll(seen);
      waitsAtLeast(gaps(seen.requests), 1000, 2000);
    },
  }),
  date("a date is waited for", { form: "imf-fixdate" }),
  date("the obsolete forms of a date are read: RFC 850", { form: "rfc850" }),
  date(
    "the obsolete forms of a date are read: asctime, east of Greenwich",
    { form: "asctime" },
    { environment: (given) => ({ ...given, TZ: "Asia/Tokyo" }) },
  ),
  date("a date is read by the server's clock, which is two hours behind", {
    form: "imf-fixdate",
    skewSeconds: -7200,
  }),
  garbage("-5"),
  garbage("soon"),
  {
    ...tooLong("a wait over the cap isn't cut to the cap", 32, 62, 1500),
    not: {
      axios: NO_CAP,
      fetch: NO_CAP,
      octokit: NO_CAP,
      httpx_tenacity: NO_CAP,
      requests_loop: NO_CAP,
    },
  },
  tooLong("a wait of 25 days doesn't end at once", 33, 2_147_484, LONGEST),
  {
    behaviour: 34,
    title: "a fraction of a second is waited out",
    session: { steps: [{ status: 503, headers: { "Retry-After": "0.5" } }] },
    judge: (seen) => {
      printsAll(seen);
      waitsAtLeast(gaps(seen.requests), 500);
    },
  },
  {
    behaviour: 35,
    title: "Retry-After: 0 for ever ends after the attempts asked for",
    set: { maxAttempts: 4 },
    session: { steps: [{ status: 503, headers: { "Retry-After": "0" } }], after: "last" },
    judge: (seen) => {
      sends(seen.requests, 4);
      endsWithError(seen, 0);
    },
  },
  ...["slow-body", "hang"].map((delivery) =>
    caseOf(LIMITS, new RegExp(`covers its body \\(${delivery}\\)`), {
      title:
        delivery === "hang"
          ? "an answer that never comes is given up in time"
          : "a body that trickles in is given up in time",
      judge: ({ requests: [first] }) => {
        assert.ok(first?.clientClosed, "it waits to the end");
        const ms = (first.endedAt ?? Infinity) - first.at;
        assert.ok(ms < 6000, `it takes ${Math.round(ms)} ms with a limit of 700 ms`);
      },
      limitMs: 9000,
    }),
  ),
  ...["the wait for another attempt", "an answer", "a body"].map((during) =>
    caseOf(PROCESS, new RegExp(`ends at once, during ${during}$`), {
      language: "javascript",
      // For those that don't read Retry-After.
      set: { baseDelayMs: 5000, maxDelayMs: 5000 },
      judge: (seen) => {
        const { ms } = outcomeOf(seen);
        assert.ok(ms < 4000, `it goes on for ${ms - 1000} ms`);
        callsEnd(seen, "aborted");
      },
    }),
  ),
];
