/** What a caller gives with a request, and when another's request ends it. */
import assert from "node:assert/strict";
import { callsEnd, outcomeOf, sends } from "../judging.js";
import { type Call, isLimited, retries, type Scenario, type Seen, usesOAuth } from "../scenario.js";
import { credentials, hasSecret, keepsSecrets, repeated, token } from "./logging.js";

const REPLACED = {
  API_TOKEN: "replaced",
  API_KEY: "replaced",
  API_PASSWORD: "replaced",
  API_CLIENT_SECRET: "replaced",
};
/** The credentials change while the first request is under way, which no limiter holds back. */
const MEANWHILE: readonly Call[] = [
  { do: "set", config: REPLACED, afterMs: 1000 },
  { do: "request" },
];
const ANSWERED_MS = 2000;
const WITHOUT_TARGET = [
  ...[301, 302, 303, 307, 308].map((status) => ({ status })),
  { status: 302, headers: { Location: "" } },
];

/** What was sent is blotted out of what the server says of it. */
function isBlottedOut(seen: Seen): void {
  assert.match(seen.stdout, /not with \[redacted\]/);
  keepsSecrets(seen);
}

export const REQUESTS: readonly Scenario[] = [
  {
    behaviour: 19,
    title: "a redirect that names no target is final",
    axes: [],
    session: { steps: WITHOUT_TARGET },
    calls: [{ do: "request", times: WITHOUT_TARGET.length }],
    judge: (seen) => {
      callsEnd(seen, ...WITHOUT_TARGET.map(() => "failed"));
      sends(seen.requests, WITHOUT_TARGET.length);
    },
    breaks: {
      javascript: [
        ['headers.get("location")', 'headers.get("location") ?? ""'],
        ["const isRedirect = location && ", "const isRedirect = "],
      ],
      python: [['response.headers["Location"] and ', ""]],
    },
  },
  {
    behaviour: 21,
    title: "an option without a value isn't sent, and so is no key",
    axes: ["retry"],
    applies: retries,
    session: { steps: [{ status: 503, commit: true }] },
    calls: [
      {
        do: "request",
        method: "POST",
        query: { kind: "a", since: null },
        headers: { "X-Kind": "a", "X-Since": null, "Idempotency-Key": null },
        json: { a: 1 },
      },
    ],
    judge: (seen) => {
      callsEnd(seen, "unavailable");
      sends(seen.requests, 1);
      const { headers = {}, query } = seen.requests[0] ?? {};
      assert.deepEqual({ ...query, api_key: [] }, { kind: ["a"], api_key: [] });
      assert.equal(headers["x-kind"], "a");
      for (const name of ["x-since", "idempotency-key"]) assert.equal(headers[name], undefined);
    },
    breaks: {
      javascript: [["(one ?? null) !== null", "one !== undefined"]],
      python: [
        [
          '**options.get("headers", {})',
          '**{name: str(one) for name, one in options.get("headers", {}).items()}',
        ],
      ],
    },
  },
  {
    behaviour: 72,
    title: "a secret that was replaced in the meantime isn't shown either",
    axes: ["auth"],
    applies: (choices) => hasSecret(choices) && !isLimited(choices),
    session: ({ choices }) => ({
      credentials,
      token,
      steps: [
        { status: 400, text: `not with ${repeated(choices)[0] ?? ""}`, delayMs: ANSWERED_MS },
      ],
    }),
    calls: MEANWHILE,
    judge: isBlottedOut,
    breaks: {
      javascript: [['String(headers.get("authorization")).slice(7)', "String(config.API_TOKEN)"]],
      python: [['[headers["Authorization"][7:]]', '[self._config["API_TOKEN"]]']],
    },
  },
  {
    behaviour: 72,
    title: "nor is one that was replaced while a token was asked for",
    axes: ["auth", "clientAuthentication"],
    applies: (choices) => usesOAuth(choices) && !isLimited(choices),
    session: {
      credentials,
      token: {
        ...token,
        steps: [
          { status: 400, text: `not with ${credentials.API_CLIENT_SECRET}`, delayMs: ANSWERED_MS },
        ],
      },
    },
    calls: MEANWHILE,
    judge: isBlottedOut,
    breaks: {
      javascript: [["[secret, String(sent)]", "[String(config.API_CLIENT_SECRET), String(sent)]"]],
      python: [["secrets).data", '[self._config["API_CLIENT_SECRET"], in_request]).data']],
    },
  },
  {
    behaviour: 42,
    title: "who waits for the token that another asked for waits until its own deadline",
    axes: ["auth"],
    applies: usesOAuth,
    set: { deadlineMs: 3000 },
    // The first learns late that its token is refused; then the second is asking for the next one.
    session: {
      steps: [{ status: 401, delayMs: 2000 }, { status: 401 }],
      token: { steps: ["ok", { delivery: "hang" }] },
    },
    calls: [{ do: "request", times: 2, staggerMs: 1500 }],
    judge: (seen) => {
      const first = outcomeOf(seen);
      assert.equal(first.kind, "later");
      assert.ok(first.ms < 3900, `it waits ${first.ms} ms`);
      sends(seen.tokenRequests, 2);
    },
    breaks: {
      javascript: [
        ["reject(late), Math.min(2e9, deadline - performance.now())", "reject(late), 100_000"],
      ],
      python: [[/refresh(\.result\(timeout=|, )deadline - time\.monotonic\(\)/, "refresh$1100"]],
    },
  },
];
