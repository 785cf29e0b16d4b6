import assert from "node:assert/strict";
import { logsOnlyJson } from "../judging.js";
import { type Choices, type Place, retries, type Scenario, type Seen } from "../scenario.js";

const USER = "canary-user";
const SECRETS = {
  API_TOKEN: "s3cr+t/can~ary%41",
  API_KEY: "s3cr+t/can~ary%41",
  API_PASSWORD: 's3cr+t/cän "ary',
  API_CLIENT_SECRET: 's3cr+t/cän "ary',
};
const TOKEN_PREFIX = "t0ken+/canary";

/** The forms in which a secret may show. */
function formsOf({ auth }: Choices): readonly string[] {
  const tokens = auth === "oauth2-client-credentials" ? [`${TOKEN_PREFIX}-1`] : [];
  const secrets = [...Object.values(SECRETS), ...tokens];
  const pairs = [`${USER}:${SECRETS.API_PASSWORD}`];
  const base64 = [...secrets, ...pairs].map((text) => Buffer.from(text).toString("base64"));
  const encoded = secrets.flatMap((secret) => [
    encodeURIComponent(secret),
    new URLSearchParams({ "": secret }).toString().slice(1),
    JSON.stringify(secret).slice(1, -1),
  ]);
  const bare = base64.map((text) => text.replace(/=+$/, ""));
  return [...secrets, ...base64, ...encoded, ...bare];
}

function keepsSecrets(seen: Seen): void {
  const said = seen.stdout + seen.stderr + seen.logs.map((log) => Object.values(log).join()).join();
  for (const form of formsOf(seen.choices)) assert.ok(!said.includes(form), `${form} is shown`);
}

const credentials = { ...SECRETS, API_USERNAME: USER };
const hasSecret = ({ auth }: Choices) => auth !== "none";
const UNREDACTED: Scenario["breaks"] = {
  javascript: [["return forms.reduce(", "return text;\n  return forms.reduce("]],
  python: [["for secret in secrets:", "for secret in ():"]],
};

const secrets = (
  name: string,
  session: Scenario["session"] & object,
  breaks: Scenario["breaks"] = UNREDACTED,
): Scenario => ({
  behaviour: 72,
  title: `no secret is shown by ${name}`,
  axes: ["auth", "clientAuthentication"],
  applies: hasSecret,
  set: { timeoutMs: 1000, maxAttempts: 2 },
  session: (place: Place) => ({
    credentials,
    token: { prefix: TOKEN_PREFIX },
    ...(typeof session === "function" ? session(place) : session),
  }),
  judge: (seen) => {
    assert.notEqual(seen.exitCode, 0);
    assert.notEqual(seen.stderr, "", "something is said");
    logsOnlyJson(seen);
    keepsSecrets(seen);
  },
  breaks,
});

export const LOGGING: readonly Scenario[] = [
  secrets("an error that repeats the request", { steps: [{ status: 400, echo: true }] }),
  secrets("a fault that repeats it, in each attempt", {
    steps: [{ status: 503, echo: true }],
    after: "last",
  }),
  {
    ...secrets("an error of the token endpoint", {
      token: { prefix: TOKEN_PREFIX, steps: [{ status: 400, echo: true }], after: "last" },
    }),
    axes: ["clientAuthentication"],
    applies: ({ auth }) => auth === "oauth2-client-credentials",
  },
  secrets(
    "a connection that breaks",
    { steps: [{ delivery: "reset" }], after: "last" },
    {
      javascript: [
        [
          "${method} ${url.pathname} failed: ${code}",
          "${method} ${url} ${[...headers.values()]} failed: ${code}",
        ],
      ],
      python: [
        [
          'f"{what} failed: {type(error).__name__}"',
          'f"{what} failed: {error.request.url} {error.request.headers}"',
        ],
      ],
    },
  ),
  secrets(
    "an answer that never comes",
    { steps: [{ delivery: "hang" }], after: "last" },
    {
      javascript: [
        [
          "${method} ${url.pathname} failed: ${code}",
          "${method} ${url} ${[...headers.values()]} failed: ${code}",
        ],
      ],
      python: [['what = f"{method} {urlsplit(url).path}"', 'what = f"{method} {url} {options}"']],
    },
  ),
  secrets(
    "a page that isn't JSON",
    { steps: [{ html: true }] },
    {
      javascript: [
        [
          "`${what} with a body that is not JSON`",
          "`${what} ${[...message.headers.values()]} ${secrets}`",
        ],
      ],
      python: [
        [
          'f"{path} answered with a body that is not JSON"',
          'f"{response.request.url} {response.request.headers}"',
        ],
      ],
    },
  ),
  {
    behaviour: 73,
    title: "the log is JSON lines, which no answer can forge",
    axes: ["retry", "pagination"],
    session: {
      steps: [{ status: 503, text: 'bad\r\n{"level":"forged","message":"x"}\n' }],
      after: "last",
    },
    judge: (seen) => {
      logsOnlyJson(seen);
      assert.ok(seen.logs.length > 0);
      for (const log of seen.logs) assert.ok(["warn", "error"].includes(String(log["level"])));
    },
    breaks: {
      javascript: [
        [
          "process.stderr.write(`${JSON.stringify(line)}\\n`)",
          "process.stderr.write(`${message}\\n`)",
        ],
      ],
      python: [[/print\(json\.dumps\(\{"time": now.*\}\), file/, "print(message, file"]],
    },
  },
  {
    behaviour: 73,
    title: "a retry is logged with attempt, wait, status, latency and the request's id",
    axes: ["retry"],
    applies: retries,
    session: { steps: [{ status: 503, headers: { "X-Request-Id": "abc-123" } }] },
    judge: (seen) => {
      const [log] = seen.logs;
      assert.equal(seen.logs.length, 1);
      assert.deepEqual(
        { ...log, time: "", message: "", delayMs: 0, latencyMs: 0, transient: true },
        {
          ...log,
          attempt: 1,
          status: 503,
          requestId: "abc-123",
          level: "warn",
          time: "",
          message: "",
          delayMs: 0,
          latencyMs: 0,
          transient: true,
        },
      );
      assert.equal(typeof log?.["delayMs"], "number");
      assert.equal(typeof log?.["latencyMs"], "number");
      assert.match(String(log?.["time"]), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/);
    },
    breaks: {
      javascript: [
        ["const details = { status, latencyMs, requestId", "const details = { status, latencyMs"],
      ],
      python: [[/requestId=redact\(.*\)\[:100\],/, ""]],
    },
  },
  {
    behaviour: 74,
    title: "what the server says of an error is shown, cut to a length",
    axes: ["auth"],
    session: { steps: [{ status: 422, json: { title: "Unfit", detail: "d".repeat(65_536) } }] },
    judge: (seen) => {
      const [log] = seen.logs;
      assert.match(String(log?.["message"]), /Unfit/);
      assert.ok(seen.stderr.length < 2000, `${seen.stderr.length} characters`);
    },
    breaks: {
      javascript: [[".slice(0, 200)", ""]],
      python: [["[:200]", ""]],
    },
  },
];
