/** OAuth 2.0 with oidc-provider: its tokens, its login, its rotation of refresh tokens. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, describe, expect, test } from "vitest";
import { type Asked, type Edit, LANGUAGES, type Language, run } from "./support/client.js";
import { agree, refuse } from "./support/browser.js";
import {
  type Behaviour,
  METHODS,
  PAGE_SIZE,
  RECORDS,
  SECRET,
  startProvider,
} from "./support/provider.js";

const DENIED = 77;

async function start({ onTestFinished }: TestContext, behaviour?: Behaviour) {
  const started = await startProvider(behaviour);
  onTestFinished(() => started.close());
  return started;
}

describe.concurrent.each(LANGUAGES)("client credentials in %s", (language) => {
  async function ask(context: TestContext, method: string, changes: Partial<Asked> = {}) {
    const { environment, grants } = await start(context);
    const { API_BASE_URL, API_TOKEN_URL } = environment;
    const done = await run({
      language,
      options: { auth: "oauth2-client-credentials", pagination: "page" },
      set: { clientAuthentication: method, pageSize: PAGE_SIZE },
      ...changes,
      environment: {
        ...{
          API_BASE_URL,
          API_TOKEN_URL,
          API_CLIENT_ID: `service-${method}`,
          API_CLIENT_SECRET: SECRET,
        },
        ...changes.environment,
      },
    });
    return { ...done, grants };
  }

  test.for(METHODS)("are worth one token for all pages by %s", async (method, context) => {
    const { exitCode, records, stderr, grants } = await ask(context, method);
    expect({ exitCode, records }, stderr).toEqual({ exitCode: 0, records: RECORDS });
    expect(grants).toEqual([{ type: "client_credentials", by: method }]);
  });

  test.for(METHODS)("with another secret are denied by %s", async (method, context) => {
    const environment = { API_CLIENT_SECRET: `${SECRET}?` };
    const { exitCode, stderr, grants } = await ask(context, method, { environment });
    expect(exitCode).toBe(DENIED);
    expect(stderr).toMatch(/invalid_client/);
    expect(stderr).not.toMatch(/canary/);
    expect(grants).toEqual([]);
  });

  test("are seen to be refused where they aren't encoded", async (context) => {
    const edit: Edit = {
      javascript: [
        'new URLSearchParams([[clientId, clientSecret]]).toString().split("=")',
        "[clientId, clientSecret]",
      ],
      python: ["quote_plus(config['API_CLIENT_SECRET'])", "config['API_CLIENT_SECRET']"],
    };
    const { exitCode, stderr } = await ask(context, "client_secret_basic", { edit });
    expect(exitCode).not.toBe(0);
    expect(stderr).toContain("not properly encoded");
  });
});

/** A user with a client that logs in, and a file that it keeps its refresh token in. */
async function settle(context: TestContext, language: Language, behaviour?: Behaviour) {
  const { environment, ...started } = await start(context, behaviour);
  const folder = await mkdtemp(join(tmpdir(), "token-"));
  context.onTestFinished(() => rm(folder, { recursive: true }));
  const store = { API_TOKEN_STORE: join(folder, "token") };
  const use = (changes: Partial<Asked> = {}) =>
    run({
      language,
      options: { auth: "oauth2-authorization-code", pagination: "page" },
      set: { pageSize: PAGE_SIZE },
      ...changes,
      environment: { ...environment, ...store, ...changes.environment },
    });
  return {
    ...started,
    folder,
    use,
    logIn: (changes: Partial<Asked> = {}) => use({ args: ["login"], meanwhile: agree, ...changes }),
    stored: async () =>
      (await readFile(store.API_TOKEN_STORE, "utf8")).trim().split(" ").at(-1) ?? "",
  };
}

describe.concurrent.each(LANGUAGES)("a login in %s", (language) => {
  test.for(["none", ...METHODS])("is worth the records by %s", async (method, context) => {
    const { provider, grants, use, logIn, stored } = await settle(context, language);
    const secret = method === "none" ? undefined : SECRET;
    const client = {
      set: { pageSize: PAGE_SIZE, ...(secret && { clientAuthentication: method }) },
      environment: {
        API_CLIENT_ID: `tool-${method}`,
        ...(secret && { API_CLIENT_SECRET: secret }),
      },
    };
    const { exitCode, stderr } = await logIn(client);
    expect(exitCode, stderr).toBe(0);
    expect(await provider.RefreshToken.find(await stored())).toMatchObject({ accountId: "ada" });
    expect(await use(client)).toMatchObject({ exitCode: 0, records: RECORDS });
    const types = ["authorization_code", "refresh_token"];
    expect(grants).toEqual(types.map((type) => ({ type, by: method })));
  });

  test.for<readonly [string, RegExp, Partial<Asked>]>([
    ["of a user who refuses", /access_denied/, { meanwhile: refuse }],
    [
      "at another issuer than it expects",
      /another issuer/,
      { environment: { API_ISSUER: "https://example.com" } },
    ],
    [
      "that doesn't prove whose code it is",
      /invalid_grant/,
      {
        edit: {
          javascript: [", code_verifier: verifier }", " }"],
          python: [', "code_verifier": verifier}', "}"],
        },
      },
    ],
  ])("%s is worth nothing", async ([, said, changes], context) => {
    const { logIn, stored, grants } = await settle(context, language);
    const { exitCode, stderr } = await logIn(changes);
    expect(exitCode).not.toBe(0);
    expect(stderr).toMatch(said);
    await expect(stored()).rejects.toThrow("ENOENT");
    expect(grants).toEqual([]);
  });
});

describe.concurrent.each(LANGUAGES)("refresh tokens in %s", (language) => {
  test("are rotated from run to run, and the newest is kept", async (context) => {
    const { provider, use, logIn, stored } = await settle(context, language);
    await logIn();
    const tokens = [await stored()];
    while (tokens.length < 4) {
      expect(await use()).toMatchObject({ exitCode: 0, records: RECORDS });
      tokens.push(await stored());
    }
    expect(new Set(tokens).size).toBe(4);
    const found = await Promise.all(tokens.map((token) => provider.RefreshToken.find(token)));
    const used = found.map((token) => token?.consumed !== undefined);
    expect(used).toEqual([true, true, true, false]);
  });

  // A machine that is busy for a moment may take longer than a token is good for.
  test("bring new access tokens within a run", { retry: 1 }, async (context) => {
    // Six pages take nine seconds.
    const behaviour = { tokenSeconds: 3, delayMs: 1500 };
    const { provider, grants, use, logIn, stored } = await settle(context, language, behaviour);
    await logIn();
    expect(await use()).toMatchObject({ exitCode: 0, records: RECORDS });
    const refreshes = grants.filter(({ type }) => type === "refresh_token");
    expect(refreshes.length).toBeGreaterThanOrEqual(3);
    expect((await provider.RefreshToken.find(await stored()))?.consumed).toBeUndefined();
  });

  test("end all access where an old one is used again", async (context) => {
    const { folder, use, logIn, stored } = await settle(context, language);
    await logIn();
    const old = await stored();
    expect((await use()).exitCode).toBe(0);
    const thief = await use({
      options: { auth: "oauth2-refresh-token", pagination: "page" },
      environment: { API_REFRESH_TOKEN: old, API_TOKEN_STORE: join(folder, "other") },
    });
    expect(thief).toMatchObject({ exitCode: DENIED, records: [] });
    expect(thief.stderr).toContain("API_REFRESH_TOKEN is used up or revoked");
    // The provider takes the grant back: RFC 9700 §4.14.2.
    const owner = await use();
    expect(owner).toMatchObject({ exitCode: DENIED, records: [] });
    expect(owner.stderr).toContain("log in first");
  });

  test("are seen to be used up where the newest isn't kept", async (context) => {
    const { use, logIn } = await settle(context, language);
    await logIn();
    const edit: Edit = {
      javascript: ["await storeRefreshToken(config, next)", "await next"],
      python: ["            store_refresh_token(config, token)", "            pass"],
    };
    expect((await use({ edit })).exitCode).toBe(0);
    expect((await use({ edit })).exitCode).toBe(DENIED);
  });
});
