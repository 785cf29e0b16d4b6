/** The refresh token: spent once, and kept in a file. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { SessionOptions } from "../../../src/sandbox/index.js";
import { callsEnd, deliversAll, exitsWith, loggedWaits, sends } from "../judging.js";
import {
  type Call,
  type Meanwhile,
  type Scenario,
  type Seen,
  keepsTokens,
  retries,
} from "../scenario.js";
import { tokenFileText, writeTokenFile } from "../token-file.js";

type TokenStep = NonNullable<NonNullable<SessionOptions["token"]>["steps"]>[number];

export const usesFirst = ({ auth }: Seen["choices"]) => auth === "oauth2-refresh-token";
const retriesTokens = (choices: Seen["choices"]) => keepsTokens(choices) && retries(choices);

export const KEEPS = {
  behaviour: 13,
  axes: ["auth"],
  applies: keepsTokens,
} as const;

/** What each request to the token endpoint spent. */
export const spent = ({ tokenRequests }: Seen) =>
  tokenRequests.map(({ body }) => new URLSearchParams(body).get("refresh_token"));

export function leavesNothingBeside({ filesBeside }: Seen): void {
  assert.deepEqual(
    filesBeside.filter((name) => /\.(tmp|lock)$/.test(name)),
    [],
  );
}

/** Whenever it is read the file is whole. */
async function watch({ environment, hasEnded }: Meanwhile): Promise<void> {
  while (!hasEnded()) {
    const text = await readFile(environment["API_TOKEN_STORE"] ?? "", "utf8").catch(() => null);
    assert.match(text ?? "a b c\n", /^\S+ \S+ \S+\n$/);
    await sleep(1);
  }
}

/** A fault after which the refresh token may have been used up. */
const notAgain = (step: TokenStep): Scenario => ({
  ...KEEPS,
  behaviour: 15,
  title: `a refresh token isn't sent again after ${JSON.stringify(step)}`,
  axes: ["auth", "retry"],
  applies: retriesTokens,
  session: { token: { steps: [step] } },
  judge: (seen) => {
    exitsWith(seen, "unavailable", 0);
    sends(seen.tokenRequests, 1);
  },
  breaks: {
    javascript: [[/const transient = status === 429 \|\| .*;/, "const transient = true;"]],
    python: [[/(error\.details\["transient"\] =) status == 429 .*/, "$1 True"]],
  },
});

/** Twenty requests, of which every second finds its token revoked. */
const RENEWING: readonly Call[] = [{ do: "request", times: 20, query: { limit: "1" } }];
const REVOKING: SessionOptions = { steps: ["ok", { revoke: true }, "ok"], after: "loop" };

export const OAUTH: readonly Scenario[] = [
  {
    ...KEEPS,
    behaviour: 4,
    title: "a public client sends its id, and no secret",
    axes: ["auth", "clientAuthentication"],
    session: { token: { authMethods: ["none"] } },
    environment: (given) => ({ ...given, API_CLIENT_SECRET: "" }),
    judge: (seen) => {
      deliversAll(seen);
      assert.equal(seen.session.tokens.grants[0]?.clientAuth, "none");
    },
    breaks: {
      javascript: [['form.set("client_id", clientId)', ""]],
      python: [['form["client_id"]', 'form["id"]']],
    },
  },
  {
    ...KEEPS,
    title: "the next refresh token is on the disk before the access token is used",
    session: { steps: [{ delivery: "hang" }], after: "last" },
    interference: { signal: { name: "SIGKILL", afterRequests: 2 } },
    judge: (seen) => {
      sends(seen.requests, 1);
      assert.match(seen.tokenFile?.text ?? "", / sandbox-refresh-[12]\n$/);
      assert.notEqual(seen.tokenFile?.text.split(" ")[2]?.trim(), spent(seen)[0]);
      assert.equal(seen.tokenFile?.mode, 0o600);
      leavesNothingBeside(seen);
    },
    breaks: {
      javascript: [
        [
          "await storeRefreshToken(config, next)",
          "setTimeout(() => storeRefreshToken(config, next), 5000)",
        ],
      ],
      python: [
        [
          "            store_refresh_token(config, token)",
          "            threading.Timer(5, store_refresh_token, (config, token)).start()",
        ],
      ],
    },
  },
  {
    ...KEEPS,
    title: "the next run spends the refresh token that this one left",
    meanwhile: async ({ hasEnded, again }) => {
      while (!hasEnded()) await sleep(20);
      await again();
    },
    judge: (seen) => {
      deliversAll(seen);
      assert.equal(seen.others[0]?.exitCode, 0);
      assert.equal(new Set(spent(seen)).size, 2);
      leavesNothingBeside(seen);
    },
    breaks: {
      javascript: [["if (next) await", "if (false) await"]],
      python: [["if token:\n            store", "if False:\n            store"]],
    },
  },
  {
    ...KEEPS,
    title: "a new API_REFRESH_TOKEN wins over what came of the old one",
    axes: [],
    applies: usesFirst,
    before: (environment) =>
      writeTokenFile(environment, tokenFileText({ ...environment, API_REFRESH_TOKEN: "old" }, "x")),
    judge: (seen) => {
      deliversAll(seen);
      assert.deepEqual(spent(seen), ["sandbox-refresh-token"]);
    },
    breaks: {
      javascript: [["origin === sha256(first) ? token : first", "token"]],
      python: [["found[3] if found[2] == sha256(first) else first", "found[3]"]],
    },
  },
  ...[
    { title: "where no next refresh token comes the old one is kept", set: {} },
    { title: "an empty refresh token is none", set: { refresh_token: "" } },
  ].map(({ title, set }): Scenario => ({
    ...KEEPS,
    title,
    session: { ...REVOKING, token: { rotates: false, set } },
    calls: [{ do: "request", times: 2 }],
    judge: (seen) => {
      callsEnd(seen, "ok", "ok");
      sends(seen.tokenRequests, 2);
      assert.equal(new Set(spent(seen)).size, 1);
    },
    breaks: {
      javascript: [["if (next) await", "if (true) await"]],
      python: [["if token:\n            store", "if True:\n            store"]],
    },
  })),
  {
    ...KEEPS,
    title: "the file is whole at any moment",
    session: REVOKING,
    calls: RENEWING,
    meanwhile: watch,
    judge: (seen) => {
      callsEnd(seen, ...Array<string>(20).fill("ok"));
      assert.ok(seen.tokenRequests.length > 8, "it is written often");
      leavesNothingBeside(seen);
    },
    breaks: {
      javascript: [
        [
          "await rename(temporary, file);",
          "await writeFile(file, text.slice(0, 9));\n  await delay(40);\n  await rename(temporary, file);",
        ],
      ],
      python: [
        [
          "    os.replace(temporary, path)",
          '    open(path, "w").close()\n    time.sleep(0.04)\n    os.replace(temporary, path)',
        ],
      ],
    },
  },
  notAgain({ delivery: "reset", commit: true }),
  notAgain({ status: 503 }),
  notAgain({ delivery: "truncated" }),
  {
    ...KEEPS,
    behaviour: 15,
    title: "a refresh token is sent again where the server says that it did nothing",
    axes: ["auth", "retry"],
    applies: retriesTokens,
    session: { token: { steps: [{ status: 429 }, { status: 503, retryAfter: 1 }] } },
    judge: (seen) => {
      deliversAll(seen);
      sends(seen.tokenRequests, 3);
    },
    breaks: {
      javascript: [["status === 429 ||", "status === 499 ||"]],
      python: [["status == 429 or", "status == 499 or"]],
    },
  },
  {
    ...KEEPS,
    behaviour: 15,
    title: "a refresh token is sent again where it never left",
    axes: ["retry"],
    applies: (choices) => usesFirst(choices) && retries(choices),
    set: { maxAttempts: 3 },
    environment: (given, { closed }) => ({ ...given, API_TOKEN_URL: `${closed}/token` }),
    judge: (seen) => {
      exitsWith(seen, "unavailable", 0);
      assert.equal(loggedWaits(seen).length, 2);
    },
    breaks: {
      javascript: [["if (!unsent && !(", "if (!("]],
      python: [['details.get("unsent") or ', ""]],
    },
  },
  {
    ...KEEPS,
    behaviour: 16,
    title: "scope and resource are sent where they are set",
    environment: (given) => ({ ...given, API_SCOPE: "read write", API_RESOURCE: "https://api/a" }),
    judge: (seen) => {
      deliversAll(seen);
      const [grant] = seen.session.tokens.grants;
      assert.equal(grant?.scope, "read write");
      assert.deepEqual(grant.resource, ["https://api/a"]);
    },
    breaks: {
      javascript: [['form.set("resource", config.API_RESOURCE)', ""]],
      python: [['form["resource"] = ', 'form["resources"] = ']],
    },
  },
];
