import assert from "node:assert/strict";
import { callsEnd, deliversAll, exitsWith, logMentions, sends } from "../judging.js";
import {
  type Environment,
  isLimited,
  type Place,
  logsIn,
  retries,
  type Scenario,
  usesOAuth,
} from "../scenario.js";

const ROTATED = {
  API_TOKEN: "rotated-token",
  API_KEY: "rotated-key",
  API_PASSWORD: "rotated-password",
};
const KEY = "k+y &é%41=/";

const isKeyInQuery = ({ auth }: { auth: string }) => auth === "api-key-query";

/** The base URL as a host that is no loopback address by name, though it leads to this machine. */
function overPlainHttp(name: string) {
  return (given: Environment): Environment => ({
    ...given,
    [name]: (given[name] ?? "").replace("127.0.0.1", "0.0.0.0"),
  });
}

const keyScenario = (keyInNextUrls: boolean): Scenario => ({
  behaviour: 2,
  title: `a key in the query is encoded once, next URLs ${keyInNextUrls ? "with" : "without"} it`,
  axes: keyInNextUrls ? ["pagination"] : [],
  applies: isKeyInQuery,
  set: { path: "/v1/items?kind=a%20b%26c" },
  session: { credentials: { API_KEY: KEY }, keyInNextUrls },
  judge: (seen) => {
    for (const { query } of seen.requests) {
      assert.deepEqual(query["api_key"], [KEY]);
      assert.deepEqual(query["kind"], ["a b&c"]);
    }
    deliversAll(seen);
  },
  breaks: {
    javascript: [["set(API_KEY_PARAM, key)", "set(API_KEY_PARAM, encodeURIComponent(key))"]],
    python: [["API_KEY_PARAM: key", "API_KEY_PARAM: quote(key)"]],
  },
});

export const AUTH: readonly Scenario[] = [
  {
    behaviour: 1,
    title: "each attempt takes the credentials that are current",
    axes: ["auth", "retry"],
    applies: (choices) => choices.auth !== "none" && !usesOAuth(choices) && retries(choices),
    session: { steps: [{ status: 503, retryAfter: 1, credentials: ROTATED }] },
    calls: [{ do: "set", config: ROTATED, afterMs: 600 }, { do: "request" }],
    judge: (seen) => {
      callsEnd(seen, "ok");
      assert.deepEqual(
        seen.requests.map(({ status }) => status),
        [503, 200],
      );
    },
    breaks: {
      javascript: [
        [
          "function createClient(config) {",
          "function createClient(given) {\n  const config = { ...given };",
        ],
      ],
      python: [["self._config, self._base = config,", "self._config, self._base = dict(config),"]],
    },
  },
  {
    behaviour: 1,
    title: "what waits for its turn takes the credentials that are current by then",
    axes: ["auth", "rate-limit"],
    applies: (choices) => choices.auth !== "none" && !usesOAuth(choices) && isLimited(choices),
    set: { requestsPerSecond: 1, burst: 1 },
    session: { steps: ["ok", { credentials: ROTATED }] },
    calls: [
      { do: "set", config: ROTATED, afterMs: 400 },
      { do: "request", times: 2, staggerMs: 0 },
    ],
    judge: (seen) => {
      callsEnd(seen, "ok", "ok");
    },
    breaks: {
      javascript: [
        ["    await limiter.take(operation);\n    check();", "    check();"],
        [
          "    const result = await",
          "    await limiter.take(operation);\n    const result = await",
        ],
      ],
      python: [
        ["        self._limiter.take(deadline)\n        headers = {", "        headers = {"],
        [
          "        response = self._exchange(",
          "        self._limiter.take(deadline)\n        response = self._exchange(",
        ],
      ],
    },
  },
  keyScenario(true),
  keyScenario(false),
  {
    behaviour: 3,
    title: "basic credentials are UTF-8 in base64",
    axes: [],
    applies: ({ auth }) => auth === "basic",
    session: { credentials: { API_USERNAME: "ü", API_PASSWORD: "pä:ß東" } },
    judge: (seen) => {
      deliversAll(seen);
    },
    breaks: {
      javascript: [["Buffer.from(credentials)", 'Buffer.from(credentials, "latin1")']],
      python: [["base64.b64encode(pair.encode())", 'base64.b64encode(pair.encode("utf-16"))']],
    },
  },
  {
    behaviour: 3,
    title: "a user name with a colon is refused",
    axes: [],
    applies: ({ auth }) => auth === "basic",
    environment: (given) => ({ ...given, API_USERNAME: "user:name" }),
    judge: (seen) => {
      exitsWith(seen, "config", 0);
      logMentions(seen, /API_USERNAME/);
      sends(seen.requests, 0);
    },
    breaks: {
      javascript: [["isName(config.API_USERNAME)", "true"]],
      python: [['("API_USERNAME", NAME,', '("API_USERNAME", re.compile(".*"),']],
    },
  },
  {
    behaviour: 4,
    title: "id and secret are form-encoded, and sent in the way that was chosen",
    axes: ["auth", "clientAuthentication"],
    applies: usesOAuth,
    session: { credentials: { API_CLIENT_ID: "i:d é", API_CLIENT_SECRET: "c+d e%41&/=:" } },
    judge: (seen) => {
      deliversAll(seen);
      const { clientAuthentication } = seen.choices;
      const [grant] = seen.session.tokens.grants;
      assert.equal(grant?.clientAuth, clientAuthentication);
    },
    breaks: {
      javascript: [
        [/new URLSearchParams\(\[\[clientId, clientSecret\]\]\)[^;]*/, "[clientId, clientSecret]"],
      ],
      python: [
        [/quote_plus\((client_id|config\['API_CLIENT_ID'\])\)/, "$1"],
        [/quote_plus\((client_secret|config\['API_CLIENT_SECRET'\])\)/, "$1"],
      ],
    },
  },
  ...["API_BASE_URL", "API_TOKEN_URL", "API_AUTHORIZE_URL"].map((name): Scenario => ({
    behaviour: 5,
    title: `${name} over http is refused before anything is sent`,
    axes: [],
    applies: (choices) => {
      if (name === "API_BASE_URL") return true;
      return name === "API_TOKEN_URL" ? usesOAuth(choices) : logsIn(choices);
    },
    environment: overPlainHttp(name),
    judge: (seen) => {
      exitsWith(seen, "config", 0);
      logMentions(seen, new RegExp(name));
      sends([...seen.requests, ...seen.tokenRequests], 0);
    },
    breaks: {
      javascript: [[new RegExp(`is(Url|Endpoint)\\(config.${name}\\)`), "true"]],
      python: [[new RegExp(`"${name}", (URL|ENDPOINT),`), `"${name}", re.compile(".*"),`]],
    },
  })),
  {
    behaviour: 5,
    title: "a host that only looks like this machine is refused",
    axes: [],
    environment: (given: Environment, { closed }: Place) => ({
      ...given,
      API_BASE_URL: closed.replace("127.0.0.1", "127.0.0.1.example.com"),
    }),
    judge: (seen) => {
      exitsWith(seen, "config", 0);
    },
    breaks: {
      javascript: [["isUrl(config.API_BASE_URL)", "true"]],
      python: [['("API_BASE_URL", URL,', '("API_BASE_URL", re.compile(".*"),']],
    },
  },
];
