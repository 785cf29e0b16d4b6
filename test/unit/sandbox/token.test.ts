import { describe, expect, test } from "vitest";
import type { Session, SessionOptions } from "../../../src/sandbox/index.js";
import { failureOf, getJson, type Got, sandboxForFile } from "./support.js";

const sandbox = await sandboxForFile();

const GRANT = { grant_type: "client_credentials" };
const POSTED = { ...GRANT, client_id: "sandbox-client", client_secret: "sandbox-secret" };

function oauth(token: SessionOptions["token"] = {}, more: SessionOptions = {}): Session {
  return sandbox.session({ auth: "oauth2-client-credentials", token, ...more });
}

function basic(id: string, secret: string): Record<string, string> {
  return { Authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}` };
}

async function ask(session: Session, form: Record<string, string>, headers = {}): Promise<Got> {
  const body = new URLSearchParams(form);
  const response = await fetch(session.tokenUrl, { method: "POST", body, headers });
  const json = (await response.json()) as Got["body"];
  return { status: response.status, headers: response.headers, body: json };
}

async function apiStatus(session: Session, token: unknown): Promise<number> {
  const headers = { Authorization: `Bearer ${String(token)}` };
  return (await getJson(`${session.baseUrl}/v1/items`, headers)).status;
}

describe("the client", () => {
  test("is known by client_secret_basic", async () => {
    const session = oauth();
    const answer = await ask(session, GRANT, basic("sandbox-client", "sandbox-secret"));
    expect(answer.body).toEqual({
      access_token: "sandbox-token-1",
      token_type: "Bearer",
      expires_in: 3600,
    });
    expect(answer.headers.get("Cache-Control")).toBe("no-store");
    expect(await apiStatus(session, "sandbox-token-1")).toBe(200);
  });

  test("is known by client_secret_post", async () => {
    expect((await ask(oauth(), POSTED)).status).toBe(200);
  });

  test("form-urlencodes id and secret before base64", async () => {
    const credentials = { API_CLIENT_ID: "ü:1", API_CLIENT_SECRET: "c+d e&f" };
    const session = oauth({}, { credentials });
    const encoded = basic("%C3%BC%3A1", "c%2Bd+e%26f");
    expect((await ask(session, GRANT, encoded)).status).toBe(200);
    expect((await ask(session, GRANT, basic("%C3%BC%3A1", "c+d e&f"))).status).toBe(401);
  });

  test.each([
    ["a wrong secret", GRANT, basic("sandbox-client", "x")],
    ["a wrong id", GRANT, basic("x", "sandbox-secret")],
    ["no secret", GRANT, {}],
    ["a method that isn't offered", POSTED, {}],
  ])("is refused with %s", async (_name, form, headers) => {
    const session = oauth({ authMethods: ["client_secret_basic"] });
    const answer = await ask(session, form, headers);
    expect(answer.status).toBe(401);
    expect(answer.body).toMatchObject({ error: "invalid_client" });
    expect(answer.headers.get("WWW-Authenticate")).toBe('Basic realm="sandbox"');
  });

  test("mustn't authenticate in two ways", async () => {
    const answer = await ask(oauth(), POSTED, basic("sandbox-client", "sandbox-secret"));
    expect([answer.status, answer.body["error"]]).toEqual([400, "invalid_request"]);
  });

  test("asks for client_credentials, form-urlencoded, by POST", async () => {
    const session = oauth();
    const other = await ask(session, { ...POSTED, grant_type: "password" });
    expect(other.body["error"]).toBe("unsupported_grant_type");
    const json = await ask(session, POSTED, { "Content-Type": "application/json" });
    expect(json.body["error"]).toBe("invalid_request");
    expect((await getJson(session.tokenUrl)).status).toBe(405);
  });
});

describe("the token", () => {
  test("is fresh each time, and its grant is remembered", async () => {
    const session = oauth({ prefix: "canary" });
    const first = await ask(session, { ...POSTED, scope: "read", audience: "a", resource: "r" });
    const second = await ask(session, GRANT, basic("sandbox-client", "sandbox-secret"));
    expect(first.body).toMatchObject({ access_token: "canary-1", scope: "read" });
    expect(second.body).toMatchObject({ access_token: "canary-2" });
    expect(session.tokens.grants).toEqual([
      {
        token: "canary-1",
        type: "client_credentials",
        clientAuth: "client_secret_post",
        scope: "read",
        audience: "a",
        resource: ["r"],
      },
      {
        token: "canary-2",
        type: "client_credentials",
        clientAuth: "client_secret_basic",
        scope: undefined,
        audience: undefined,
        resource: [],
      },
    ]);
  });

  test.each([
    [{ expiresIn: "3600" }, { expires_in: "3600" }],
    [{ expiresIn: -5 }, { expires_in: -5 }],
    [{ expiresIn: null }, { expires_in: null }],
    [{ tokenType: "mac" }, { token_type: "mac" }],
    [{ set: { extra: { a: 1 } } }, { extra: { a: 1 } }],
  ])("is announced with %j", async (token, expected) => {
    expect((await ask(oauth(token), POSTED)).body).toMatchObject(expected);
  });

  test("is announced without expires_in", async () => {
    const answer = await ask(oauth({ omit: ["expires_in"] }), POSTED);
    expect(answer.body).not.toHaveProperty("expires_in");
  });

  test("is announced with an expires_in that isn't JSON", async () => {
    const session = oauth({ expiresInLiteral: "NaN" });
    const response = await fetch(session.tokenUrl, {
      method: "POST",
      body: new URLSearchParams(POSTED),
    });
    expect(await response.text()).toContain('"expires_in":NaN');
  });

  test.each([{ expiresIn: 1 }, { lifetimeSeconds: 1 }])("expires with %j", async (token) => {
    const session = oauth(token);
    const { body } = await ask(session, POSTED);
    expect(await apiStatus(session, body["access_token"])).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 1050));
    expect(await apiStatus(session, body["access_token"])).toBe(401);
  });

  test("is revoked at a step, once or always", async () => {
    const once = oauth({}, { steps: ["ok", { revoke: true }] });
    const always = oauth({}, { steps: [{ revoke: true }], after: "last" });
    const statuses = async (session: Session) => {
      const seen: number[] = [];
      for (let turn = 0; turn < 3; turn++) {
        const { body } = await ask(session, POSTED);
        seen.push(await apiStatus(session, body["access_token"]));
      }
      return seen;
    };
    expect(await statuses(once)).toEqual([200, 401, 200]);
    expect(await statuses(always)).toEqual([401, 401, 401]);
  });
});

test("the endpoint has faults of its own", async () => {
  const session = oauth({ steps: [{ status: 503 }, { delivery: "reset" }, { delayMs: 20 }] });
  expect((await ask(session, POSTED)).status).toBe(503);
  const init = { method: "POST", body: new URLSearchParams(POSTED) };
  expect(await failureOf(session.tokenUrl, init)).toBe("ECONNRESET");
  expect(session.tokens.grants).toHaveLength(0);
  const before = performance.now();
  expect((await ask(session, POSTED)).status).toBe(200);
  expect(performance.now() - before).toBeGreaterThanOrEqual(19);
  expect(session.requests.map(({ kind, number }) => [kind, number])).toEqual([
    ["token", 1],
    ["token", 2],
    ["token", 3],
  ]);
});
