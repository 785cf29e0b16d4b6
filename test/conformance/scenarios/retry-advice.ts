/** What tells a client whether to try again, and when: errors of its own, and the server's advice. */
import assert from "node:assert/strict";
import {
  callsEnd,
  deliversAll,
  exitsWith,
  gaps,
  loggedWaits,
  outcomeOf,
  sends,
} from "../judging.js";
import { type Call, isJavaScript, retries, type Scenario, usesOAuth } from "../scenario.js";

const POST: Call = { do: "request", method: "POST", json: { name: "a" } };
const advised = (status: number, advice: "true" | "false") => ({
  status,
  headers: { "X-Should-Retry": advice },
});
const ATTEMPTS = 5000;

export const RETRY_ADVICE: readonly Scenario[] = [
  {
    behaviour: 23,
    title: "a connection that ends early is known by its code, and tried again",
    axes: ["retry"],
    applies: retries,
    session: { steps: [{ delivery: "reset" }, { delivery: "close" }] },
    calls: [{ do: "request" }],
    judge: (seen) => {
      callsEnd(seen, "ok");
      sends(seen.requests, 3);
    },
    breaks: {
      javascript: [["cause?.code ?? cause?.message", "cause?.number"]],
      python: [[/again = bool.*/, "again = False"]],
    },
  },
  {
    behaviour: 23,
    title: "an error of the program is never tried again",
    axes: ["retry"],
    applies: retries,
    calls: [{ do: "bug" }],
    judge: (seen) => {
      callsEnd(seen, "ok");
      assert.deepEqual(outcomeOf(seen).value, { attempts: 1, error: "TypeError" });
    },
    breaks: {
      javascript: [
        ["!(error instanceof ApiError) || ", ""],
        ["} = error.details;", "} = error.details ?? { transient: true };"],
      ],
      python: [
        [
          "        except ApiError as error:",
          "        except Exception as bug:\n            error = ApiError('failed', str(bug), transient=True)",
        ],
      ],
    },
  },
  {
    behaviour: 23,
    title: "a request that can't be made is never tried again",
    axes: ["retry"],
    applies: retries,
    calls: (choices) => [
      {
        do: "request",
        ...(isJavaScript(choices) ? { method: "GE T" } : { headers: { "X-Note": "a\nb" } }),
      },
    ],
    judge: (seen) => {
      assert.equal(outcomeOf(seen).ok, false);
      assert.deepEqual(loggedWaits(seen), []);
      sends(seen.requests, 0);
    },
    breaks: {
      javascript: [
        ["const again = isIdempotent ||", "const again = true ||"],
        [
          "if (code === undefined) throw error;",
          'if (code === undefined) throw new ApiError("failed", "", { transient: true });',
        ],
      ],
      python: [[/again = bool.*/, "again = True"]],
    },
  },
  {
    behaviour: 24,
    title: "x-should-retry: false ends the attempts",
    axes: ["retry"],
    applies: retries,
    session: { steps: [advised(503, "false")] },
    judge: (seen) => {
      exitsWith(seen, "unavailable", 0);
      sends(seen.requests, 1);
    },
    breaks: {
      javascript: [["advice ? advice ===", "false ? advice ==="]],
      python: [[', "false": False}.get(', "}.get("]],
    },
  },
  {
    behaviour: 24,
    title: "x-should-retry: true has a GET tried again that would be final",
    axes: ["retry"],
    applies: retries,
    session: { steps: [advised(404, "true")] },
    judge: (seen) => {
      deliversAll(seen);
      assert.equal(seen.requests[0]?.status, 404);
      assert.equal(seen.logs.length, 1);
    },
    breaks: {
      javascript: [["advice ? advice ===", "false ? advice ==="]],
      python: [['{"true": 300 <= status != 401, "false"', '{"false"']],
    },
  },
  ...[
    { title: "a 401", step: advised(401, "true"), kind: "denied" as const },
    {
      title: "a success without JSON",
      step: { ...advised(200, "true"), html: true },
      kind: "protocol" as const,
    },
  ].map(({ title, step, kind }): Scenario => ({
    behaviour: 24,
    title: `x-should-retry: true makes ${title} no less final`,
    axes: ["retry"],
    applies: retries,
    session: { steps: [step], after: "last" },
    judge: (seen) => {
      exitsWith(seen, kind, 0);
      sends(seen.requests, kind === "denied" && usesOAuth(seen.choices) ? 2 : 1);
    },
    breaks: {
      javascript: [[" && !ok && status !== 401", ""]],
      python: [["300 <= status != 401", "True"]],
    },
  })),
  {
    behaviour: 24,
    title: "x-should-retry: true never has a POST without a key made again",
    axes: ["retry"],
    session: { steps: [{ ...advised(503, "true"), commit: true }] },
    calls: [POST],
    judge: (seen) => {
      callsEnd(seen, "unavailable");
      sends(seen.requests, 1);
      assert.equal(seen.session.commits.length, 1);
    },
    breaks: {
      javascript: [["const again = isIdempotent ||", "const again = true ||"]],
      python: [[/again = .*keyed or/, "again = True or"]],
    },
  },
  {
    behaviour: 27,
    title: "a body is the same in each attempt",
    axes: ["retry"],
    applies: retries,
    session: { steps: [{ status: 503 }, { delivery: "reset" }] },
    calls: [{ do: "request", method: "PUT", path: "/v1/items/item-0001", json: { name: "a" } }],
    judge: (seen) => {
      callsEnd(seen, "ok");
      const bodies = seen.requests.map(({ body }) => body.replaceAll(" ", ""));
      assert.deepEqual(bodies, Array<string>(3).fill('{"name":"a"}'));
    },
    breaks: {
      javascript: [
        ["body: JSON.stringify(json)", "body: new Blob([JSON.stringify(json)]).stream()"],
      ],
      python: [
        [
          "self._send(method, url, options,",
          'self._send(method, url, {"json": options.pop("json")},',
        ],
      ],
    },
  },
  ...(["data", "files"] as const).map((as): Scenario => ({
    behaviour: 27,
    title: `a file as ${as}, which can be read only once, is sent only once`,
    axes: ["retry"],
    applies: (choices) => retries(choices) && !isJavaScript(choices),
    session: { steps: [{ status: 503 }] },
    calls: [{ do: "upload", method: "PUT", as }],
    judge: (seen) => {
      callsEnd(seen, "unavailable");
      sends(seen.requests, 1);
      assert.match(seen.requests[0]?.body ?? "", /once/);
    },
    breaks: { python: [["again = again and not", "again = again or not"]] },
  })),
  {
    behaviour: 34,
    title: "retry-after-ms comes before Retry-After",
    axes: ["retry"],
    applies: retries,
    set: { maxRetryAfterMs: 5000 },
    session: {
      steps: [{ status: 503, headers: { "Retry-After-Ms": "350", "Retry-After": "60" } }],
    },
    judge: (seen) => {
      deliversAll(seen);
      const [wait = 0] = gaps(seen.requests);
      assert.ok(wait >= 350, `waited ${wait} ms`);
    },
    breaks: {
      javascript: [["[inMs, parseNumber(after)", "[parseNumber(after)"]],
      python: [['(("Retry-After-Ms", 1), ("Retry-After", 1000))', '(("Retry-After", 1000),)']],
    },
  },
  {
    behaviour: 34,
    title: "fractions of seconds, and of milliseconds, are waited out",
    axes: ["retry"],
    applies: retries,
    session: {
      steps: [
        { status: 503, headers: { "Retry-After": "0.5" } },
        { status: 429, headers: { "Retry-After-Ms": "400.5" } },
      ],
    },
    judge: (seen) => {
      deliversAll(seen);
      const [first = 0, second = 0] = gaps(seen.requests);
      assert.ok(first >= 500 && second >= 400, `waited ${first} and ${second} ms`);
    },
    breaks: {
      javascript: [
        ["/^\\d+(\\.\\d+)?[ \\t]*$/.test(text) ? Number", "/^\\d+$/.test(text) ? Number"],
      ],
      python: [['fullmatch(r"[0-9]+(\\.[0-9]+)?[ \\t]*", headers', 'fullmatch(r"[0-9]+", headers']],
    },
  },
  {
    behaviour: 35,
    title: "Retry-After: 0 means at once, and each attempt counts",
    axes: ["retry"],
    applies: retries,
    set: { maxAttempts: 4, baseDelayMs: 2000, maxDelayMs: 2000 },
    session: { steps: [{ status: 503, headers: { "Retry-After": "0" } }], after: "last" },
    judge: (seen) => {
      exitsWith(seen, "unavailable", 0);
      sends(seen.requests, 4);
      assert.deepEqual(loggedWaits(seen), [0, 0, 0]);
    },
    breaks: {
      javascript: [["(after ?? backoff)", "(after || backoff)"]],
      python: [["backoff if after is None else", "backoff if not after else"]],
    },
  },
  {
    behaviour: 35,
    title: "a wait that the server asks for is only ever lengthened, by chance and a little",
    axes: ["retry"],
    applies: retries,
    set: { maxAttempts: 7 },
    session: {
      steps: Array<object>(6).fill({
        status: 503,
        headers: { "Retry-After-Ms": "200" },
      }),
    },
    judge: (seen) => {
      deliversAll(seen);
      const waits = loggedWaits(seen);
      assert.equal(waits.length, 6);
      for (const wait of waits) assert.ok(wait >= 200 && wait <= 220, `it waits ${wait} ms`);
      assert.ok(new Set(waits).size > 1, "the waits differ");
      for (const gap of gaps(seen.requests).slice(0, 6)) assert.ok(gap >= 200, `${gap} ms`);
    },
    breaks: {
      javascript: [["+ Math.random() * Math.min(1000,", "- Math.random() * Math.min(1000,"]],
      python: [["else after + random.uniform", "else after - random.uniform"]],
    },
  },
  {
    behaviour: 37,
    title: "no number of attempts makes the wait overflow",
    axes: ["retry"],
    // A budget or a breaker ends so many attempts before.
    applies: ({ retry }) => retry === "exponential" || retry === "fixed",
    set: { baseDelayMs: 1, maxDelayMs: 2 },
    edits: () => [[/MAX_ATTEMPTS = \d+/, `MAX_ATTEMPTS = ${ATTEMPTS}`]],
    calls: [{ do: "backoffs", operations: 1, status: 503 }],
    judge: (seen) => {
      const waits = seen.logs.map(({ delayMs }) => delayMs);
      assert.equal(waits.length, ATTEMPTS - 1);
      assert.ok(waits.every((wait) => typeof wait === "number" && wait >= 0 && wait <= 2));
    },
    breaks: {
      javascript: [["Math.random() * Math.min(MAX_DELAY_MS, ceiling)", "ceiling % MAX_DELAY_MS"]],
      python: [["base * 2 ** (made - 1)", "base * 2.0 ** (made - 1)"]],
    },
  },
];
