/** Snippets that authenticate and page do what they say, against a server that misbehaves. */
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type Sandbox,
  type Session,
  type SessionOptions,
  startSandbox,
} from "../../src/sandbox/index.js";
import { SnippetRunner } from "./support/run-snippet.js";
import type { SnippetLanguage } from "./support/snippets.js";

const LANGUAGES: readonly SnippetLanguage[] = ["javascript", "python"];
const AUTHS = [
  ["api-auth-bearer", "bearer", ["API_TOKEN"]],
  ["api-auth-key", "api-key-header", ["API_KEY"]],
  ["api-auth-key-query", "api-key-query", ["API_KEY"]],
  ["api-auth-basic", "basic", ["API_USERNAME", "API_PASSWORD"]],
  [
    "api-auth-oauth2",
    "oauth2-client-credentials",
    ["API_TOKEN_URL", "API_CLIENT_ID", "API_CLIENT_SECRET"],
  ],
  [
    "api-auth-refresh",
    "oauth2-refresh-token",
    ["API_TOKEN_URL", "API_CLIENT_ID", "API_REFRESH_TOKEN", "API_TOKEN_STORE"],
  ],
] as const;
const PAGINATIONS = [
  ["api-page-cursor", "cursor"],
  ["api-page-link", "link-header"],
  ["api-page-offset", "offset"],
  ["api-page-number", "page"],
  ["api-page-token", "page-token"],
  ["api-page-next-url", "next-url"],
  ["api-page-single", "single"],
] as const;

let sandbox: Sandbox;
let folder: string;
beforeAll(async () => {
  sandbox = await startSandbox();
  folder = mkdtempSync(join(tmpdir(), "api-snippets-requests-"));
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await sandbox.close();
});

/** The environment of a session, with a token store of its own. */
function environmentOf({ id, environment }: Session): Record<string, string> {
  return { ...environment, API_TOKEN_STORE: join(folder, `tokens-${id}`) };
}

describe.each(LANGUAGES)("in %s,", (language) => {
  const session = (options: SessionOptions = {}) => sandbox.session(options);
  const runner = new SnippetRunner(language);
  const use = runner.use.bind(runner);
  afterAll(() => {
    runner.close();
  });

  describe.each(AUTHS)("%s", (prefix, auth, variables) => {
    const call = (environment: object, calls = 1) =>
      use({ prefix, driver: "auth", input: { environment, calls } });

    test("is let in", async () => {
      const environment = environmentOf(session({ auth }));
      expect(await call(environment)).toEqual({ result: [200] });
    });

    test("names everything that is missing, and sends nothing", async () => {
      const { error } = await call({});
      for (const name of ["API_BASE_URL", ...variables]) expect(error).toContain(`${name} must be`);
    });

    test("takes credentials to no other place", async () => {
      const elsewhere = session();
      const steps = [{ status: 302, headers: { Location: `${elsewhere.baseUrl}/v1/items` } }];
      const environment = environmentOf(session({ auth, steps }));
      expect((await call(environment)).result).toEqual([302]);
      expect(elsewhere.requests).toEqual([]);
      const insecure = await call({ ...environment, API_BASE_URL: "http://example.com" });
      expect(insecure.error).toContain("API_BASE_URL must be an https URL");
    });
  });

  test("api-auth-oauth2 asks for one token, and for another after a 401", async () => {
    const auth = "oauth2-client-credentials";
    const shared = session({ auth });
    const input = { environment: shared.environment, calls: 10 };
    const { result } = await use({ prefix: "api-auth-oauth2", driver: "auth", input });
    expect(result).toEqual(Array.from({ length: 10 }, () => 200));
    expect(shared.tokens.grants).toHaveLength(1);

    const revoked = session({ auth, steps: [{ revoke: true }] });
    const again = { environment: revoked.environment, calls: 2 };
    const outcome = await use({ prefix: "api-auth-oauth2", driver: "auth", input: again });
    expect(outcome.result).toEqual([401, 200]);
  });

  test("api-auth-refresh spends a refresh token once, and keeps the next one", async () => {
    const prefix = "api-auth-refresh";
    const asked = session({ auth: "oauth2-refresh-token", steps: [{ revoke: true }] });
    const input = { environment: environmentOf(asked), calls: 2 };
    expect((await use({ prefix, driver: "auth", input })).result).toEqual([401, 200]);
    const next = await use({ prefix, driver: "auth", input: { ...input, calls: 1 } });
    expect(next.result).toEqual([200]);
    expect(asked.tokens.grants).toHaveLength(3);
    expect(readdirSync(folder).filter((name) => /\.(lock|tmp)$/.test(name))).toEqual([]);

    const revoked = { ...environmentOf(session({ auth: "oauth2-refresh-token" })) };
    const wrong = { environment: { ...revoked, API_REFRESH_TOKEN: "x" }, calls: 1 };
    expect((await use({ prefix, driver: "auth", input: wrong })).kind).toBe("denied");
  });

  describe.each(PAGINATIONS)("%s", (prefix, pagination) => {
    const pages = (options: SessionOptions, most?: number) => {
      const asked = session({ pagination, ...options });
      const input = { baseUrl: asked.baseUrl, most };
      return use({ prefix, driver: "pages", input }).then((outcome) => ({ outcome, asked }));
    };

    test("gets every record once", async () => {
      const { outcome, asked } = await pages({});
      const ids = Array.from(
        { length: 250 },
        (_, index) => `item-${String(index + 1).padStart(4, "0")}`,
      );
      expect(outcome.result).toEqual(ids);
      expect(asked.requests).toHaveLength(pagination === "single" ? 1 : 3);
    });

    test("is lazy", async () => {
      const { outcome, asked } = await pages({ endless: true }, 1);
      expect(outcome.result).toEqual(["item-0001"]);
      expect(asked.requests).toHaveLength(1);
    });

    test("refuses an answer without records", async () => {
      const { outcome } = await pages({ steps: [{ json: { error: "?" } }] });
      expect(outcome).toMatchObject({ kind: "protocol", error: /no array of records/ });
    });
  });

  test.each(["api-page-cursor", "api-page-token", "api-page-next-url", "api-page-link"] as const)(
    "%s refuses to go round in a circle",
    async (prefix) => {
      const pagination = PAGINATIONS.find(([name]) => name === prefix)?.[1] ?? "single";
      const { baseUrl } = session({ pagination, cycle: true });
      const { kind } = await use({ prefix, driver: "pages", input: { baseUrl } });
      expect(kind).toBe("protocol");
    },
  );

  test.each([
    ["api-page-next-url", "next-url", { set: { next: "http://127.0.0.1:1/v1/items" } }],
    ["api-page-link", "link-header", { headers: { Link: '<http://127.0.0.1:1/>; rel="next"' } }],
  ] as const)("%s follows no link to another origin", async (prefix, pagination, everyPage) => {
    const { baseUrl } = session({ pagination, everyPage });
    const { error } = await use({ prefix, driver: "pages", input: { baseUrl } });
    expect(error).toMatch(/^refused to (follow a link|go on) to http:\/\/127\.0\.0\.1:1$/);
  });
});
