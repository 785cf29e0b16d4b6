import assert from "node:assert/strict";
import { exitsWith, logsOnlyJson } from "../judging.js";
import {
  type Choices,
  isJavaScript,
  keepsTokens,
  logsIn,
  type Place,
  retries,
  type Scenario,
  type Seen,
  usesOAuth,
} from "../scenario.js";

const USER = "canary-user";
const SECRETS = {
  API_TOKEN: "s3cr+t/can~ary%41",
  API_KEY: "s3cr+t/can~ary%41",
  API_PASSWORD: 's3cr+t/cän "ary',
  API_CLIENT_SECRET: 's3cr+t/cän "ary',
  API_REFRESH_TOKEN: "s3cr+t/refr~sh",
};
const TOKEN_PREFIX = "t0ken+/canary";
const REFRESH_PREFIX = "r3fresh+/canary";
export const token = { prefix: TOKEN_PREFIX, refreshPrefix: REFRESH_PREFIX };

/** The forms in which a secret may show. */
export function formsOf(choices: Choices): readonly string[] {
  const tokens = usesOAuth(choices) ? [`${TOKEN_PREFIX}-1`, `${REFRESH_PREFIX}-1`] : [];
  const secrets = [...Object.values(SECRETS), ...tokens];
  const pairs = [`${USER}:${SECRETS.API_PASSWORD}`];
  const inBase64 = [...secrets, ...pairs].map(base64);
  const encoded = secrets.flatMap((secret) => [
    encodeURIComponent(secret),
    encodeURIComponent(secret).replaceAll("%20", "+"),
    encodeURIComponent(secret).replaceAll(/%../g, (code) => code.toLowerCase()),
    formEncoded(secret),
    JSON.stringify(secret).slice(1, -1),
    cautiousJson(secret).slice(1, -1),
  ]);
  const sent = usesOAuth(choices) ? [inTokenRequest(choices)] : [];
  const bare = inBase64.map((text) => text.replace(/=+$/, ""));
  return [...secrets, ...inBase64, ...encoded, ...bare, ...sent];
}

export function keepsSecrets(seen: Seen): void {
  const said = seen.stdout + seen.stderr + seen.logs.map((log) => Object.values(log).join()).join();
  for (const form of formsOf(seen.choices)) assert.ok(!said.includes(form), `${form} is shown`);
}

function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}

/** JSON as servers write it that escape whatever they may. */
function cautiousJson(value: unknown): string {
  const escaped = (sign: string) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return JSON.stringify(value)
    .replaceAll("/", "\\/")
    .replaceAll(/[^ -~]/g, escaped);
}

function formEncoded(text: string): string {
  return new URLSearchParams({ "": text }).toString().slice(1);
}

export const credentials = { ...SECRETS, API_USERNAME: USER };
export const hasSecret = ({ auth }: Choices) => auth !== "none";
const UNREDACTED: Scenario["breaks"] = {
  javascript: [["return patterns.reduce(", "return text;\n  return patterns.reduce("]],
  python: [["for secret in secrets:", "for secret in ():"]],
};

const secrets = (
  name: string,
  session: Scenario["session"] & object,
  breaks: Scenario["breaks"] = UNREDACTED,
): Scenario => ({
  behaviour: 72,
  title: `no secret is shown by ${name}`,
  axes: name.startsWith("an error that repeats it") ? ["auth", "clientAuthentication"] : [],
  applies: hasSecret,
  set: { timeoutMs: 5000, maxAttempts: 2 },
  session: (place: Place) => ({
    credentials,
    token,
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

/** The forms of the secret that a server may know, within what is shown of an answer. */
export function repeated({ auth, clientAuthentication }: Choices): readonly string[] {
  if (auth === "basic") return [SECRETS.API_PASSWORD, base64(`${USER}:${SECRETS.API_PASSWORD}`)];
  if (clientAuthentication === undefined) {
    return [SECRETS.API_KEY, encodeURIComponent(SECRETS.API_KEY), base64(SECRETS.API_KEY)];
  }
  return [`${TOKEN_PREFIX}-1`, SECRETS.API_CLIENT_SECRET];
}

/** How the credentials stand in the request for a token. */
function inTokenRequest(choices: Choices): string {
  const { clientAuthentication } = choices;
  const secret = formEncoded(SECRETS.API_CLIENT_SECRET);
  return clientAuthentication === "client_secret_basic"
    ? base64(`sandbox-client:${secret}`)
    : `${grantOf(choices)}&client_id=sandbox-client&client_secret=${secret}`;
}

function grantOf(choices: Choices): string {
  if (!keepsTokens(choices)) return "grant_type=client_credentials";
  const first = logsIn(choices) ? `${REFRESH_PREFIX}-1` : SECRETS.API_REFRESH_TOKEN;
  return `grant_type=refresh_token&refresh_token=${formEncoded(first)}`;
}

const repeats = (status: number) => (place: Place) => ({
  steps: repeated(place.choices).map((text) => ({ status, text: `not with ${text}` })),
});

export const LOGGING: readonly Scenario[] = [
  {
    ...secrets("an error that repeats it, in any form", {}),
    session: (place) => ({ credentials, token, ...repeats(400)(place) }),
    calls: [{ do: "request" }, { do: "request" }, { do: "request" }],
    judge: (seen) => {
      assert.match(seen.stdout, /not with/);
      keepsSecrets(seen);
    },
  },
  {
    ...secrets("a fault that repeats it, in each attempt", (place) => ({
      ...repeats(503)(place),
      after: "last",
    })),
    withEveryClient: true,
  },
  {
    ...secrets("an error that repeats the request", { steps: [{ status: 400, echo: true }] }),
    applies: ({ auth }) => auth === "api-key-query",
  },
  {
    ...secrets("the token endpoint, which repeats the request", ({ choices }) => ({
      token: {
        ...token,
        steps: [{ status: 400, text: `not with ${inTokenRequest(choices)}` }],
      },
    })),
    axes: ["auth", "clientAuthentication"],
    applies: usesOAuth,
  },
  secrets(
    "an error that repeats it in JSON with all that can be escaped",
    ({ choices }) => ({
      steps: [{ status: 400, text: cautiousJson({ refused: repeated(choices) }) }],
    }),
    {
      javascript: [["|| JSON.stringify(data)", "|| text"]],
      python: [["json.dumps(data) if", "text if"]],
    },
  ),
  secrets(
    "an error that repeats it with codes in lower case",
    ({ choices }) => ({
      steps: [
        {
          status: 400,
          text: encodeURIComponent(repeated(choices)[0] ?? "").replaceAll(/%../g, (code) =>
            code.toLowerCase(),
          ),
        },
      ],
    }),
    { javascript: [[', "gi")', ', "g")']], python: [["code[0].lower()", "code[0]"]] },
  ),
  secrets(
    "a path that repeats it",
    ({ choices }) => ({
      steps: [
        {
          status: 302,
          headers: { Location: `/${encodeURIComponent(repeated(choices)[0] ?? "")}` },
        },
        { status: 400 },
      ],
    }),
    {
      javascript: [
        [
          "redact(`${url.pathname} answered ${status}: ${text}`, secrets)",
          "`${url.pathname} answered ${status}: ${text}`",
        ],
      ],
      python: [
        [
          'redact(f"{urlsplit(url).path} answered {status}: {text}", secrets)',
          'f"{urlsplit(url).path} answered {status}: {text}"',
        ],
      ],
    },
  ),
  secrets(
    "a connection that breaks",
    { steps: [{ delivery: "reset" }], after: "last" },
    {
      javascript: [
        [
          "${sent.method} ${url.pathname} failed: ${code}",
          "${sent.method} ${url} ${[...sent.headers.values()]} failed: ${code}",
        ],
      ],
      python: [
        [
          'f"{what} failed: {name}"',
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
          "${sent.method} ${url.pathname} failed: ${code}",
          "${sent.method} ${url} ${[...sent.headers.values()]} failed: ${code}",
        ],
      ],
      python: [
        [
          'network_error(error, f"{method} {urlsplit(url).path}")',
          'network_error(error, f"{method} {url} {options}")',
        ],
      ],
    },
  ),
  secrets(
    "a page that isn't JSON",
    { steps: [{ html: true }] },
    {
      javascript: [["`${method} ${said", "`${secrets} ${[...sent.values()]} ${said"]],
      python: [
        ["{' '.join(said.split())[:300]}", "{response.request.url} {response.request.headers}"],
      ],
    },
  ),
  {
    behaviour: 72,
    title: "tokens that come in no JSON aren't shown",
    axes: ["auth"],
    applies: usesOAuth,
    session: {
      token: { steps: [{ status: 200, text: "access_token=canary-a&refresh_token=canary-r" }] },
    },
    judge: (seen) => {
      exitsWith(seen, "protocol", 0);
      assert.doesNotMatch(seen.stdout + seen.stderr, /canary/);
    },
    breaks: {
      javascript: [['if (ok) text = "no JSON";', ""]],
      python: [['"no JSON" if status < 300 else body', "body"]],
    },
  },
  {
    ...secrets("a bug in the program", {}),
    edits: ({ choices }) =>
      isJavaScript(choices)
        ? [["const records = field(", 'throw new TypeError("a bug");\n  const records = field(']]
        : [["records = field(data", 'raise TypeError("a bug")\n    records = field(data']],
    judge: (seen) => {
      assert.equal(seen.exitCode, 1);
      assert.match(String(seen.logs[0]?.["message"]), /TypeError: a bug[^]*\n/, "with its stack");
      keepsSecrets(seen);
    },
    breaks: {
      javascript: [["error.stack", "`${error.stack}${JSON.stringify(process.env)}`"]],
      python: [["traceback.format_exc()", "f'{traceback.format_exc()}{dict(os.environ)}'"]],
    },
  },
  {
    behaviour: 73,
    title: "the log is JSON lines, which no answer can forge",
    axes: [],
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
      javascript: [[/console\.error\(JSON\.stringify\(.*\)\);/, "console.error(message);"]],
      python: [[/print\(json\.dumps\(\{"time": now.*\}\), file/, "print(message, file"]],
    },
  },
  {
    behaviour: 73,
    title: "a retry is logged with attempt, wait, status, latency and the request's id",
    axes: ["retry"],
    applies: retries,
    session: {
      steps: [{ status: 503, retryAfter: 1, headers: { "X-Request-Id": "abc-123" } }],
    },
    judge: (seen) => {
      const [log] = seen.logs;
      assert.equal(seen.logs.length, 1);
      assert.match(String(log?.["message"]), /answered 503/);
      const delayMs = Number(log?.["delayMs"]);
      assert.ok(delayMs >= 1000 && delayMs <= 1101, `it waits for ${delayMs} ms`);
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
      assert.equal(typeof log?.["latencyMs"], "number");
      assert.match(String(log?.["time"]), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/);
    },
    breaks: {
      javascript: [[/(const details = \{ status, latencyMs: tookMs), requestId/, "$1"]],
      python: [[/requestId=redact\(.*\)\[:100\],/, ""]],
    },
  },
  {
    behaviour: 74,
    title: "what the server says of an error is shown, cut to a length",
    axes: [],
    session: { steps: [{ status: 422, json: { title: "Unfit", detail: "d".repeat(65_536) } }] },
    judge: (seen) => {
      const [log] = seen.logs;
      assert.match(String(log?.["message"]), /Unfit/);
      assert.ok(seen.stderr.length < 2000, `${seen.stderr.length} characters`);
    },
    breaks: {
      javascript: [[".slice(0, 300)", ""]],
      python: [["[:300]", ""]],
    },
  },
];
