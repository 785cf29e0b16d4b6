/** The authorization code: how a user logs in. */
import assert from "node:assert/strict";
import { connect } from "node:net";
import { networkInterfaces } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import type { SessionOptions } from "../../../src/sandbox/index.js";
import { exitsWith, logMentions, sends } from "../judging.js";
import { type Meanwhile, type Scenario, type Seen, logsIn, retries } from "../scenario.js";
import { tokenFileText } from "../token-file.js";

const nothing = () => Promise.resolve();

/** The URL that the client asks its user to open; undefined where it ends before that. */
async function urlToOpen({ output, hasEnded }: Meanwhile): Promise<string | undefined> {
  for (;;) {
    const url = /"url": ?"([^"]+)"/.exec(output.stderr)?.[1];
    if (url !== undefined || hasEnded()) return url;
    await sleep(20);
  }
}

/** Agrees as a browser does, and tells what two visits of the callback are answered. */
async function agree(running: Meanwhile): Promise<readonly number[]> {
  const url = await urlToOpen(running);
  if (url === undefined) return [];
  const { headers } = await fetch(url, { redirect: "manual" });
  const callback = headers.get("location") ?? "";
  const visit = async () => (await fetch(callback)).status;
  return [await visit(), await visit().catch(() => 0)];
}

/** The parameters that the user's browser brought to the authorization endpoint. */
function asked({ session }: Seen): Readonly<Record<string, string | undefined>> {
  const request = session.requests.find(({ kind }) => kind === "authorize");
  const query = Object.entries(request?.query ?? {}).map(([name, [value]]) => [name, value]);
  return Object.fromEntries(query) as Record<string, string | undefined>;
}

/** The parameters of the URL that a client said is to be opened. */
function offered(stderr: string): URLSearchParams {
  return new URL(/"url": ?"([^"]+)"/.exec(stderr)?.[1] ?? "").searchParams;
}

/** Addresses of this machine that aren't the one of the callback. */
function otherAddresses(): readonly string[] {
  const all = Object.values(networkInterfaces()).flatMap((found) => found ?? []);
  const outer = all.filter(({ family, internal }) => family === "IPv4" && !internal);
  return ["127.0.0.2", ...outer.map(({ address }) => address)];
}

function listens(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 1000 });
    const end = (isConnected: boolean) => {
      socket.destroy();
      resolve(isConnected);
    };
    socket.on("connect", () => {
      end(true);
    });
    for (const event of ["error", "timeout"]) {
      socket.on(event, () => {
        end(false);
      });
    }
  });
}

const LOGS_IN = {
  behaviour: 6,
  axes: [],
  applies: logsIn,
  args: ["login"],
  before: nothing,
  meanwhile: async (running: Meanwhile) => {
    await agree(running);
  },
} as const;

const CHECKED = {
  state: {
    javascript: [["back.state !== state || ", ""]],
    python: [['back.get("state") != state or ', ""]],
  },
  issuer: {
    javascript: [["back.iss !== config.API_ISSUER", "false"]],
    python: [[' or back.get("iss") != issuer', ""]],
  },
} satisfies Record<string, Scenario["breaks"]>;

const tampered = (
  title: string,
  authorize: NonNullable<SessionOptions["authorize"]>,
  breaks: Scenario["breaks"],
): Scenario => ({
  ...LOGS_IN,
  title: `${title}: the code isn't used`,
  session: { authorize },
  judge: (seen) => {
    exitsWith(seen, "denied", 0);
    sends(seen.tokenRequests, 0);
    assert.equal(seen.tokenFile, undefined);
  },
  breaks,
});

/** Two logins at the same time, which nobody answers, and a parameter that must differ. */
const differs = (
  behaviour: number,
  title: string,
  name: string,
  breaks: Scenario["breaks"],
): Scenario => ({
  ...LOGS_IN,
  behaviour,
  title: `two logins have ${title}`,
  set: { loginTimeoutMs: 2500 },
  meanwhile: ({ again }) => again({ args: ["login"] }),
  judge: (seen) => {
    exitsWith(seen, "later", 0);
    const found = [seen.stderr, ...seen.others.map(({ stderr }) => stderr)].map((text) =>
      offered(text).get(name),
    );
    assert.equal(found.length, 2);
    assert.ok(found.every(Boolean), `each has a ${name}`);
    assert.notEqual(found[0], found[1], name);
  },
  breaks,
});

export const LOGIN: readonly Scenario[] = [
  {
    ...LOGS_IN,
    title: "a login proves by PKCE that the code is its own, and stores the refresh token",
    axes: ["clientAuthentication", "retry"],
    environment: (given) => ({ ...given, API_SCOPE: "read write", API_RESOURCE: "https://api/a" }),
    judge: (seen) => {
      exitsWith(seen, "done", 0);
      const query = asked(seen);
      assert.equal(query["code_challenge_method"], "S256");
      assert.equal(query["scope"], "read write");
      assert.equal(query["resource"], "https://api/a");
      assert.match(query["state"] ?? "", /^[\w-]{22,}$/);
      const form = new URLSearchParams(seen.tokenRequests[0]?.body);
      assert.match(form.get("code_verifier") ?? "", /^[\w.~-]{43,128}$/);
      const environment = seen.session.environment;
      assert.equal(seen.tokenFile?.text, tokenFileText(environment, "sandbox-refresh-1"));
      assert.equal(seen.tokenFile.mode, 0o600);
    },
    breaks: {
      javascript: [['set("code_challenge", sha256(verifier))', 'set("code_challenge", verifier)']],
      python: [['= sha256(verifier), "S256"', '= verifier, "S256"']],
    },
  },
  differs(6, "each a state of its own", "state", {
    javascript: [['randomBytes(16).toString("base64url")', '"s".repeat(22)']],
    python: [["token_urlsafe(16)", '"s" * 22']],
  }),
  differs(6, "each a verifier of its own", "code_challenge", {
    javascript: [['randomBytes(32).toString("base64url")', '"v".repeat(43)']],
    python: [["token_urlsafe(32)", '"v" * 43']],
  }),
  differs(7, "each a port of its own", "redirect_uri", {
    javascript: [['server.listen(0, "127.0.0.1")', 'server.listen(48_617, "127.0.0.1")']],
    python: [['("127.0.0.1", 0)', '("127.0.0.1", 48617)']],
  }),
  {
    ...LOGS_IN,
    behaviour: 7,
    title: "the callback can't be reached at this machine's other addresses",
    set: { loginTimeoutMs: 5000 },
    meanwhile: async (running) => {
      const url = await urlToOpen(running);
      const callback = new URL(url ?? "").searchParams.get("redirect_uri") ?? "";
      const { hostname, port } = new URL(callback);
      assert.ok(await listens(hostname, Number(port)), "somebody listens at the callback");
      for (const address of otherAddresses()) {
        assert.ok(!(await listens(address, Number(port))), `somebody listens at ${address}`);
      }
      await agree(running);
    },
    judge: (seen) => {
      exitsWith(seen, "done", 0);
    },
    breaks: {
      javascript: [['server.listen(0, "127.0.0.1")', 'server.listen(0, "0.0.0.0")']],
      python: [['("127.0.0.1", 0)', '("0.0.0.0", 0)']],
    },
  },
  tampered("a callback with another state", { set: { state: "x" } }, CHECKED.state),
  tampered("a callback from another issuer", { set: { iss: "https://x" } }, CHECKED.issuer),
  tampered("a callback without its issuer", { omit: ["iss"] }, CHECKED.issuer),
  {
    ...tampered(
      "a user who doesn't agree",
      { set: { error: "access_denied" } },
      {
        javascript: [["if (error || !code)", "if (!code)"]],
        python: [['"error" in back or ', ""]],
      },
    ),
    judge: (seen) => {
      exitsWith(seen, "denied", 0);
      logMentions(seen, /access_denied/);
      sends(seen.tokenRequests, 0);
    },
  },
  {
    ...LOGS_IN,
    title: "before the login a client says what to do",
    args: [],
    meanwhile: nothing,
    judge: (seen) => {
      exitsWith(seen, "denied", 0);
      logMentions(seen, /log in first: \w+ client\.\w+ login/);
      sends([...seen.requests, ...seen.tokenRequests], 0);
    },
    breaks: {
      javascript: [['"denied", "log in', '"config", "log in']],
      python: [['"denied", "log in', '"config", "log in']],
    },
  },
  {
    ...LOGS_IN,
    behaviour: 7,
    title: "the callback is at an address of this machine, and answers once",
    session: { token: { steps: [{ delayMs: 1500 }] } },
    meanwhile: async (running) => {
      assert.deepEqual(await agree(running), [200, 404]);
    },
    judge: (seen) => {
      exitsWith(seen, "done", 0);
      assert.match(asked(seen)["redirect_uri"] ?? "", /^http:\/\/127\.0\.0\.1:\d+\/callback$/);
    },
    breaks: {
      javascript: [[" && !isOver;", ";"]],
      python: [[" and next(hits) == 0", ""]],
    },
  },
  {
    ...LOGS_IN,
    behaviour: 7,
    title: "a login that nobody answers ends",
    set: { loginTimeoutMs: 300 },
    limitMs: 5000,
    meanwhile: nothing,
    judge: (seen) => {
      exitsWith(seen, "later", 0);
      sends(seen.tokenRequests, 0);
    },
    breaks: {
      javascript: [["AbortSignal.timeout(LOGIN_TIMEOUT_MS)", "signal"]],
      python: [["timeout=LOGIN_TIMEOUT_MS / 1000", ""]],
    },
  },
  ...[{ status: 503, retryAfter: 0 }, { delivery: "reset", commit: true } as const].map(
    (step): Scenario => ({
      ...LOGS_IN,
      behaviour: 15,
      title: `a code is sent once, whatever becomes of it (${Object.keys(step).join(", ")})`,
      applies: (choices) => logsIn(choices) && retries(choices),
      session: { token: { steps: [step] } },
      judge: (seen) => {
        exitsWith(seen, "unavailable", 0);
        sends(seen.tokenRequests, 1);
      },
      breaks: {
        javascript: [
          [
            "redeemed(config, message, await exchange(message, operation));",
            "withRetries(() => exchange(message, operation).then((r) => redeemed(config, message, r)), true, operation);",
          ],
        ],
        python: [
          [
            'self._redeemed(self._exchange("POST", url, sent, deadline), sent, config)',
            'with_retries(lambda: self._redeemed(self._exchange("POST", url, sent, deadline), sent, config), True, deadline)',
          ],
        ],
      },
    }),
  ),
];
