import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { Session, SessionOptions } from "../../../src/sandbox/index.js";
import { failureOf, getJson, type Got, sandboxForFile } from "./support.js";

const sandbox = await sandboxForFile();

const CLIENT = { client_id: "sandbox-client", client_secret: "sandbox-secret" };
const FIRST = "sandbox-refresh-token";
const VERIFIER = "v".repeat(43);
const REDIRECT = "http://127.0.0.1:9/callback";

function post(session: Session, form: Record<string, string>): RequestInit & { url: string } {
  return { url: session.tokenUrl, method: "POST", body: new URLSearchParams(form) };
}

async function ask(session: Session, form: Record<string, string>): Promise<Got> {
  const { url, ...init } = post(session, { ...CLIENT, ...form });
  const response = await fetch(url, init);
  const { status, headers } = response;
  return { status, headers, body: (await response.json()) as Got["body"] };
}

const refresh = (session: Session, token: string) =>
  ask(session, { grant_type: "refresh_token", refresh_token: token });

describe("a refresh token", () => {
  const oauth = (token: SessionOptions["token"] = {}, more: SessionOptions = {}) =>
    sandbox.session({ auth: "oauth2-refresh-token", token, ...more });

  test("is good for one use, and brings the next one", async () => {
    const session = oauth();
    const { body } = await refresh(session, FIRST);
    expect(body).toMatchObject({ access_token: "sandbox-token-1", expires_in: 3600 });
    expect(body["refresh_token"]).toBe("sandbox-refresh-1");
    const again = await refresh(session, FIRST);
    expect([again.status, again.body["error"]]).toEqual([400, "invalid_grant"]);
    expect((await refresh(session, "sandbox-refresh-1")).status).toBe(200);
    expect((await refresh(session, "sandbox-refresh-1")).status).toBe(400);
    expect(session.tokens.grants.map(({ type }) => type)).toEqual([
      "refresh_token",
      "refresh_token",
    ]);
    const headers = { Authorization: "Bearer sandbox-token-2" };
    expect((await getJson(`${session.baseUrl}/v1/items`, headers)).status).toBe(200);
  });

  test("stays good where the session doesn't rotate", async () => {
    const session = oauth({ rotates: false });
    expect((await refresh(session, FIRST)).body).not.toHaveProperty("refresh_token");
    expect((await refresh(session, FIRST)).status).toBe(200);
  });

  test("is known by its value only", async () => {
    const session = oauth({}, { credentials: { API_REFRESH_TOKEN: "other" } });
    expect((await refresh(session, FIRST)).body["error"]).toBe("invalid_grant");
    expect((await refresh(session, "other")).status).toBe(200);
  });

  test("comes from a public client where the session allows that", async () => {
    const form = { grant_type: "refresh_token", refresh_token: FIRST, client_id: CLIENT.client_id };
    const statusOf = async (session: Session) => {
      const { url, ...init } = post(session, form);
      return (await fetch(url, init)).status;
    };
    expect(await statusOf(oauth())).toBe(401);
    expect(await statusOf(oauth({ authMethods: ["none"] }))).toBe(200);
  });

  test.each([
    [false, 200],
    [true, 400],
  ])("survives a reset unless it was used before it (%s)", async (commit, status) => {
    const session = oauth({ steps: [{ delivery: "reset", commit }] });
    const form = { ...CLIENT, grant_type: "refresh_token", refresh_token: FIRST };
    const { url, ...init } = post(session, form);
    expect(await failureOf(url, init)).toBe("ECONNRESET");
    expect((await refresh(session, FIRST)).status).toBe(status);
  });

  test("is the only grant, and there is no authorization endpoint", async () => {
    const session = oauth();
    const other = await ask(session, { grant_type: "client_credentials" });
    expect(other.body["error"]).toBe("unsupported_grant_type");
    expect((await getJson(`${session.baseUrl}/oauth/authorize`)).status).toBe(404);
    expect(session.environment).toMatchObject({
      API_TOKEN_URL: session.tokenUrl,
      API_REFRESH_TOKEN: FIRST,
    });
  });
});

describe("an authorization code", () => {
  const oauth = (options: SessionOptions = {}) =>
    sandbox.session({ auth: "oauth2-authorization-code", ...options });
  const QUERY = {
    response_type: "code",
    client_id: CLIENT.client_id,
    redirect_uri: REDIRECT,
    code_challenge: createHash("sha256").update(VERIFIER).digest("base64url"),
    code_challenge_method: "S256",
    state: "s+1",
  };

  async function authorize(session: Session, query: Record<string, string> = {}): Promise<Got> {
    const parameters = new URLSearchParams({ ...QUERY, ...query });
    return getJson(`${String(session.environment["API_AUTHORIZE_URL"])}?${parameters.toString()}`);
  }

  async function comesBackWith(session: Session): Promise<Record<string, string>> {
    const { status, headers } = await authorize(session);
    expect(status).toBe(302);
    const location = new URL(headers.get("Location") ?? "");
    expect(location.origin + location.pathname).toBe(REDIRECT);
    return Object.fromEntries(location.searchParams);
  }

  const exchange = (session: Session, code: string, more: Record<string, string> = {}) =>
    ask(session, {
      grant_type: "authorization_code",
      code,
      redirect_uri: REDIRECT,
      code_verifier: VERIFIER,
      ...more,
    });

  test("comes back with state and issuer, and is good for one use", async () => {
    const session = oauth();
    const { code = "", ...rest } = await comesBackWith(session);
    expect(rest).toEqual({ state: "s+1", iss: session.environment["API_ISSUER"] });
    const { body } = await exchange(session, code);
    expect(body).toMatchObject({ refresh_token: "sandbox-refresh-1" });
    expect((await refresh(session, "sandbox-refresh-1")).status).toBe(200);
    expect((await exchange(session, code)).body["error"]).toBe("invalid_grant");
    expect(session.requests.map(({ kind }) => kind)).toEqual([
      "authorize",
      "token",
      "token",
      "token",
    ]);
  });

  test.each([
    ["another verifier", { code_verifier: "w".repeat(43) }],
    ["a verifier that is too short", { code_verifier: "v" }],
    ["another redirect_uri", { redirect_uri: `${REDIRECT}2` }],
  ])("is refused with %s", async (_name, more) => {
    const session = oauth();
    const { code = "" } = await comesBackWith(session);
    expect((await exchange(session, code, more)).body["error"]).toBe("invalid_grant");
  });

  test.each([
    [{ client_id: "x" }, "client_id"],
    [{ redirect_uri: "https://example.com/" }, "redirect_uri"],
    [{ response_type: "token" }, "response_type"],
    [{ code_challenge_method: "plain" }, "code_challenge_method"],
    [{ code_challenge: VERIFIER.slice(1) }, "code_challenge"],
  ])("isn't given for %j", async (query, named) => {
    const { status, body } = await authorize(oauth(), query);
    expect(status).toBe(400);
    expect(body["detail"]).toContain(named);
  });

  test("comes back tampered where the session asks for it", async () => {
    const set = { state: "x", error: "access_denied" };
    const session = oauth({ authorize: { set, omit: ["code", "iss"] } });
    expect(await comesBackWith(session)).toEqual({ state: "x", error: "access_denied" });
  });
});
