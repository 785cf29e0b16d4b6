/** The snippet that logs a user in, with the browser's part played here. */
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Sandbox, type SessionOptions, startSandbox } from "../../src/sandbox/index.js";
import { type Outcome, SnippetRunner } from "./support/run-snippet.js";
import type { SnippetLanguage } from "./support/snippets.js";

const LANGUAGES: readonly SnippetLanguage[] = ["javascript", "python"];
const SNIPPET = { prefix: "api-auth-code", driver: "login" };

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(async () => {
  await sandbox.close();
});

/** Agrees as a browser does; the status that the callback is answered with. */
async function agree(logged: string): Promise<number> {
  const { url } = JSON.parse(logged) as { readonly url: string };
  const { headers } = await fetch(url, { redirect: "manual" });
  return (await fetch(headers.get("location") ?? "")).status;
}

describe.each(LANGUAGES)("api-auth-code in %s", (language) => {
  const runner = new SnippetRunner(language);
  afterAll(() => {
    runner.close();
  });

  const session = (options: SessionOptions = {}) =>
    sandbox.session({ auth: "oauth2-authorization-code", ...options });

  async function logIn(environment: Readonly<Record<string, string>>) {
    const child = await runner.start(runner.runScript);
    child.stdin.end(runner.task({ ...SNIPPET, input: { environment } }));
    const [logged] = (await once(child.stderr, "data")) as [Buffer];
    const status = await agree(logged.toString());
    return { status, ...(JSON.parse(await text(child.stdout)) as Outcome) };
  }

  test("gets tokens for a user who agrees", async () => {
    const asked = session();
    const { status, result } = await logIn({ ...asked.environment, API_SCOPE: "read write" });
    expect(status).toBe(200);
    expect(result).toMatchObject({ refresh_token: "sandbox-refresh-1", token_type: "Bearer" });
    const [authorize, token] = asked.requests;
    expect(authorize?.query).toMatchObject({
      code_challenge_method: ["S256"],
      scope: ["read write"],
    });
    const form = new URLSearchParams(token?.body);
    expect(form.get("code_verifier")).toMatch(/^[\w.~-]{43,128}$/);
    expect(form.get("redirect_uri")).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/callback$/);
  });

  test.each<[string, NonNullable<SessionOptions["authorize"]>]>([
    ["with another state", { set: { state: "x" } }],
    ["from another issuer", { set: { iss: "https://x" } }],
    ["without its issuer", { omit: ["iss"] }],
    ["of a user who refuses", { set: { error: "access_denied" } }],
  ])("uses no code of a callback %s", async (_, authorize) => {
    const asked = session({ authorize });
    expect((await logIn(asked.environment)).kind).toBe("denied");
    expect(asked.requests.map(({ kind }) => kind)).toEqual(["authorize"]);
  });

  test("is denied where the code is refused", async () => {
    const asked = session({ token: { steps: [{ status: 400 }] } });
    expect((await logIn(asked.environment)).kind).toBe("denied");
  });

  test("ends where nobody agrees in time", async () => {
    const { environment } = session();
    const settings = { LOGIN_TIMEOUT_MS: 100 };
    const { kind } = await runner.use({ ...SNIPPET, input: { environment }, settings });
    expect(kind).toBe("later");
  });

  test("names everything that is missing", async () => {
    const { error } = await runner.use({ ...SNIPPET, input: { environment: {} } });
    for (const name of ["API_AUTHORIZE_URL", "API_TOKEN_URL", "API_CLIENT_ID"]) {
      expect(error).toContain(`${name} must be`);
    }
  });
});
