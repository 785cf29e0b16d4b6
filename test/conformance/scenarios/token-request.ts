/** How the token endpoint is asked, and how often. */
import assert from "node:assert/strict";
import { deliversAll, exitsWith, sends } from "../judging.js";
import {
  keepsTokens,
  retries,
  type Scenario,
  usesClientCredentials,
  usesOAuth,
} from "../scenario.js";

export const TOKEN_REQUESTS: readonly Scenario[] = [
  {
    behaviour: 15,
    title: "the token endpoint is asked again after a transient fault",
    axes: ["clientAuthentication", "retry"],
    applies: (choices) => usesClientCredentials(choices) && retries(choices),
    session: { token: { steps: [{ status: 503 }, { status: 429 }, { delivery: "reset" }] } },
    judge: (seen) => {
      deliversAll(seen);
      sends(seen.tokenRequests, 4);
    },
    breaks: {
      javascript: [
        [
          "withRetries(() => askForToken({ deadline }), true,",
          "withRetries(() => askForToken({ deadline }), false,",
        ],
      ],
      python: [["self._request_token(deadline), True", "self._request_token(deadline), False"]],
    },
  },
  {
    behaviour: 15,
    title: "a token endpoint that is down is asked N times, however many wait for it",
    axes: ["clientAuthentication", "retry"],
    applies: (choices) => usesClientCredentials(choices) && retries(choices),
    set: { maxAttempts: 3 },
    session: { token: { steps: [{ status: 503 }], after: "last" } },
    judge: (seen) => {
      exitsWith(seen, "unavailable", 0);
      sends(seen.tokenRequests, 3);
      sends(seen.requests, 0);
    },
    breaks: {
      javascript: [["transient: false, unsent: false", ""]],
      python: [["transient=False, unsent=False", ""]],
    },
  },
  {
    behaviour: 15,
    title: "a client that the token endpoint refuses isn't tried again",
    axes: ["auth", "clientAuthentication"],
    applies: usesOAuth,
    environment: (given) => ({ ...given, API_CLIENT_SECRET: "wrong" }),
    judge: (seen) => {
      exitsWith(seen, "denied", 0);
      sends(seen.tokenRequests, 1);
      sends(seen.requests, 0);
    },
    breaks: {
      javascript: [['401: "denied"', '401: "unavailable"']],
      python: [['401: "denied"', '401: "unavailable"']],
    },
  },
  {
    behaviour: 16,
    title: "scope, audience and resource are sent where they are set",
    axes: ["clientAuthentication"],
    applies: usesClientCredentials,
    environment: (given) => ({
      ...given,
      API_SCOPE: "read write",
      API_AUDIENCE: "https://api/?a=b&c",
      API_RESOURCE: "https://api/items?d=e&f",
    }),
    judge: (seen) => {
      const [grant] = seen.session.tokens.grants;
      assert.equal(grant?.scope, "read write");
      assert.equal(grant.audience, "https://api/?a=b&c");
      assert.deepEqual(grant.resource, ["https://api/items?d=e&f"]);
    },
    breaks: {
      javascript: [['form.set("audience"', 'form.set("aud"']],
      python: [['"scope", "audience", "resource"', '"scope", "resource"']],
    },
  },
  {
    behaviour: 15,
    title: "client credentials are sent again where no connection came about",
    axes: ["retry"],
    applies: (choices) => usesClientCredentials(choices) && retries(choices),
    set: { maxAttempts: 3, baseDelayMs: 10, delayMs: 10 },
    environment: (given, { closed }) => ({ ...given, API_TOKEN_URL: `${closed}/token` }),
    judge: (seen) => {
      exitsWith(seen, "unavailable", 0);
      assert.equal(seen.logs.filter(({ level }) => level === "warn").length, 2);
    },
    breaks: {
      javascript: [
        [/const UNSENT = .*/, "const UNSENT = /^$/;"],
        [/const TRANSIENT = .*/, "const TRANSIENT = /^$/;"],
      ],
      python: [
        [/UNSENT = .*/, "UNSENT = ()"],
        [/again = bool.*/, "again = False"],
      ],
    },
  },
  ...[{ status: 502 }, { delivery: "hang" as const }].map((step): Scenario => ({
    behaviour: 15,
    title: `a refresh token that may be spent isn't sent again: ${JSON.stringify(step)}`,
    axes: ["retry"],
    applies: (choices) => keepsTokens(choices) && retries(choices),
    set: { timeoutMs: 1000, baseDelayMs: 10, delayMs: 10 },
    session: { token: { steps: [step] } },
    judge: (seen) => {
      exitsWith(seen, "unavailable", 0);
      sends(seen.tokenRequests, 1);
    },
    breaks: {
      javascript: [["const transient = status === 429", "const transient = status !== 429"]],
      python: [['error.details["transient"] = status == 429', 'error.details["transient"] = True']],
    },
  })),
  {
    behaviour: 16,
    title: "the token endpoint may have a query",
    axes: [],
    applies: usesClientCredentials,
    environment: (given) => ({
      ...given,
      API_TOKEN_URL: `${given["API_TOKEN_URL"] ?? ""}?tenant=a`,
    }),
    judge: (seen) => {
      deliversAll(seen);
    },
    breaks: {
      javascript: [['isUrl(text.replace(/\\?[^#\\s]*$/, ""))', "isUrl(text)"]],
      python: [['rf"{URL.pattern}(\\?[^#\\s]*)?"', "URL.pattern"]],
    },
  },
];
