import assert from "node:assert/strict";
import {
  callsEnd,
  deliversAll,
  exitsWith,
  logMentions,
  logsOnlyJson,
  outcomeOf,
  sends,
} from "../judging.js";
import {
  type Choices,
  isJavaScript,
  isLimited,
  isPython,
  retries,
  type Scenario,
  usesOAuth,
} from "../scenario.js";

const VARIABLES: Readonly<Record<string, readonly string[]>> = {
  none: [],
  bearer: ["API_TOKEN"],
  "api-key-header": ["API_KEY"],
  "api-key-query": ["API_KEY"],
  basic: ["API_USERNAME", "API_PASSWORD"],
  "oauth2-client-credentials": ["API_TOKEN_URL", "API_CLIENT_ID", "API_CLIENT_SECRET"],
  "oauth2-refresh-token": [
    "API_TOKEN_URL",
    "API_CLIENT_ID",
    "API_TOKEN_STORE",
    "API_REFRESH_TOKEN",
  ],
  "oauth2-authorization-code": [
    "API_AUTHORIZE_URL",
    "API_TOKEN_URL",
    "API_TOKEN_STORE",
    "API_CLIENT_ID",
  ],
};
const namesFor = ({ auth }: Choices) => ["API_BASE_URL", ...(VARIABLES[auth] ?? [])];
const UNCHECKED: Scenario["breaks"] = {
  javascript: [["if (problems.length > 0) throw", "if (problems.length > 99) throw"]],
  python: [["if broken:", "if False:"]],
};

/** How each kind of failure ends a script, whatever it is made of. */
const CODES = [
  { exit: "failed", steps: [{ status: 404 }] },
  { exit: "denied", steps: [{ status: 403 }] },
  { exit: "unavailable", steps: [{ status: 503 }] },
  { exit: "later", steps: [{ status: 429 }] },
  { exit: "unavailable", steps: [{ delivery: "close" }] },
] as const;

const signalled = (
  name: "SIGINT" | "SIGTERM",
  exitCode: number,
  during: string,
  steps: NonNullable<Extract<Scenario["session"], { steps?: unknown }>["steps"]>,
  applies: Scenario["applies"] & object = () => true,
): Scenario => ({
  behaviour: 85,
  title: `${name} during ${during} ends it quickly and quietly, with ${exitCode}`,
  axes: [],
  applies: (choices) => !usesOAuth(choices) && applies(choices),
  session: { steps, after: "last" },
  interference: { signal: { name, afterRequests: 1 } },
  judge: (seen) => {
    assert.equal(seen.exitCode, exitCode);
    logsOnlyJson(seen);
    const errors = seen.logs.filter(({ level }) => level === "error");
    assert.deepEqual(errors, [], "it says nothing");
  },
  limitMs: 30_000,
  breaks: {
    javascript: [["(process.exitCode = signal.reason)", "(process.exitCode = 1)"]],
    python: [["sys.exit(128 + number)", "sys.exit(1)"]],
  },
});

export const PROCESS: readonly Scenario[] = [
  {
    behaviour: 79,
    title: "all that is missing in the environment is said at once",
    axes: ["auth"],
    environment: () => ({}),
    judge: (seen) => {
      exitsWith(seen, "config", 0);
      logsOnlyJson(seen);
      assert.equal(seen.logs.length, 1);
      for (const name of namesFor(seen.choices)) logMentions(seen, new RegExp(name));
      sends(seen.session.requests, 0);
    },
    breaks: UNCHECKED,
  },
  {
    behaviour: 79,
    title: "all that is malformed in the environment is said at once",
    axes: ["auth"],
    applies: ({ auth }) => auth !== "none",
    environment: (_, { choices }) =>
      Object.fromEntries(namesFor(choices).map((name) => [name, "x\r\ny"])),
    judge: (seen) => {
      exitsWith(seen, "config", 0);
      assert.equal(seen.logs.length, 1);
      for (const name of namesFor(seen.choices)) logMentions(seen, new RegExp(name));
      sends(seen.session.requests, 0);
    },
    breaks: {
      javascript: [['"config", problems.join("; ")', '"config", String(problems[0])']],
      python: [['"; ".join(broken)', "broken[0]"]],
    },
  },
  {
    behaviour: 79,
    title: "a line break in a secret is refused",
    axes: ["auth"],
    applies: ({ auth }) => auth !== "none",
    environment: (given, { choices }) => {
      const name = namesFor(choices).at(-1) ?? "";
      return { ...given, [name]: `${given[name] ?? ""}\r\nX-Injected: 1` };
    },
    judge: (seen) => {
      exitsWith(seen, "config", 0);
      sends(seen.session.requests, 0);
    },
    breaks: UNCHECKED,
  },
  {
    behaviour: 80,
    title: "a number beyond all measure never makes a line that isn't JSON",
    axes: [],
    applies: isPython,
    session: { steps: [{ text: '{"items": [{"big": 1e999}]}' }] },
    judge: (seen) => {
      assert.equal(seen.exitCode, 1);
      assert.equal(seen.stdout, "");
    },
    breaks: { python: [[", allow_nan=False", ""]] },
  },
  ...CODES.map(({ exit, steps }): Scenario => ({
    behaviour: 80,
    title: `${JSON.stringify(steps[0])} ends with ${exit}`,
    axes: ["retry"],
    session: { steps: [...steps], after: "last" },
    judge: (seen) => {
      exitsWith(seen, exit, 0);
      logsOnlyJson(seen);
    },
    breaks: {
      javascript: [[/process\.exitCode = EXIT.*;/, "process.exitCode = 2;"]],
      python: [["return EXIT[error.kind]", "return 2"]],
    },
  })),
  {
    behaviour: 81,
    title: "bodies of errors are let go: the connections stay few",
    axes: [],
    set: { maxAttempts: 1 },
    session: { steps: [{ status: 503, json: { pad: "x".repeat(200_000) } }], after: "last" },
    calls: [{ do: "request", times: 50 }],
    judge: (seen) => {
      sends(seen.requests, 50);
      assert.ok(seen.session.peakConnections <= 2, `${seen.session.peakConnections} connections`);
    },
    breaks: {
      javascript: [["response.body?.pipeTo(", "(response.ok ? response.body : null)?.pipeTo("]],
      python: [
        ["self._session.request(", "KEPT.append(requests.Session()) or KEPT[-1].request("],
        ["class ApiClient:", "KEPT: list[Any] = []\n\n\nclass ApiClient:"],
      ],
    },
  },
  ...[
    {
      during: "the wait for another attempt",
      steps: [{ status: 503, retryAfter: 20 }],
      applies: retries,
    },
    { during: "an answer", steps: [{ delivery: "hang" as const }], applies: () => true },
    {
      during: "a body",
      steps: [{ delivery: "slow-body" as const, everyMs: 100 }],
      applies: () => true,
    },
  ].map(({ during, steps, applies }): Scenario => ({
    behaviour: 83,
    title: `a cancelled call ends at once, during ${during}`,
    axes: ["retry"],
    applies: (choices) => isJavaScript(choices) && applies(choices),
    session: { steps },
    calls: [{ do: "request", abort: { index: 0, afterMs: 1000 } }],
    judge: (seen) => {
      callsEnd(seen, "aborted");
      assert.ok(outcomeOf(seen).ms < 2000, `it took ${outcomeOf(seen).ms} ms`);
      assert.ok(seen.endedAt - seen.startedAt < 15_000, "nothing keeps the process alive");
    },
    limitMs: 30_000,
    breaks: {
      javascript: during.startsWith("the wait")
        ? [["await delay(Math.ceil(wait) + 1, undefined, { signal })", "await delay(wait)"]]
        : [
            [
              'signal?.addEventListener("abort", abort);\n  try {\n    const response',
              "try {\n    const response",
            ],
          ],
    },
  })),
  {
    behaviour: 83,
    title: "a cancelled call ends at once, during the wait for its turn",
    axes: ["rate-limit"],
    applies: (choices) => isJavaScript(choices) && isLimited(choices) && !usesOAuth(choices),
    set: { requestsPerSecond: 0.05, burst: 1 },
    calls: [{ do: "request", times: 2, staggerMs: 0, abort: { index: 1, afterMs: 300 } }],
    judge: (seen) => {
      callsEnd(seen, "ok", "aborted");
      assert.ok(outcomeOf(seen, 1).ms < 1300, `it took ${outcomeOf(seen, 1).ms} ms`);
      assert.ok(seen.endedAt - seen.startedAt < 15_000, "nothing keeps the process alive");
    },
    limitMs: 30_000,
    breaks: { javascript: [[/undefined, \{ signal \}\);\n( {6}\}\n)/, "undefined);\n$1"]] },
  },
  {
    behaviour: 84,
    title: "a signal that lives long keeps no listeners",
    axes: ["retry", "rate-limit"],
    applies: isJavaScript,
    calls: [{ do: "request", times: 60, query: { limit: "1" } }, { do: "listeners" }],
    judge: (seen) => {
      assert.equal(outcomeOf(seen, 60).value, 0, "listeners that are left");
    },
    breaks: { javascript: [['  signal?.removeEventListener("abort", abort);\n  }\n}', "}\n}"]] },
  },
  signalled("SIGINT", 130, "an answer", [{ delivery: "hang" }]),
  signalled("SIGTERM", 143, "an answer", [{ delivery: "hang" }]),
  signalled("SIGTERM", 143, "a body", [{ delivery: "slow-body", everyMs: 100 }]),
  signalled("SIGINT", 130, "a wait", [{ status: 503, retryAfter: 60 }], retries),
  {
    behaviour: 85,
    title: "a reader that goes away ends it quietly",
    axes: [],
    set: { maxPages: 10_000_000 },
    session: ({ choices }) =>
      choices.pagination === "single" ? { records: 50_000 } : { endless: true },
    interference: { closesStdout: true },
    judge: (seen) => {
      exitsWith(seen, "io");
      assert.equal(seen.stderr, "");
    },
    limitMs: 15_000,
    breaks: {
      javascript: [['if (code !== "EPIPE") log(', "log("]],
      python: [["if not isinstance(error, BrokenPipeError):", "if True:"]],
    },
  },
  {
    behaviour: 25,
    title: "a whole walk with faults delivers every record once",
    withEveryClient: true,
    axes: ["auth", "clientAuthentication", "pagination", "retry", "rate-limit"],
    session: ({ choices }) => ({
      steps: retries(choices)
        ? [{ status: 503 }, "ok", { delivery: "truncated" }, { status: 429, retryAfter: 0.3 }]
        : [],
    }),
    judge: (seen) => {
      deliversAll(seen);
    },
    breaks: {
      javascript: [[/for \(const record of (?=recordsOf|drift)/, "yield 0;\n  $&"]],
      python: [["yield from ", "yield 0\n    yield from "]],
    },
  },
];
