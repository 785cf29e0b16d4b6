import { describe, expect, test } from "vitest";
import type { SessionOptions } from "../../../src/sandbox/index.js";
import { getJson, sandboxForFile } from "./support.js";

const sandbox = await sandboxForFile();

type Headers = Record<string, string>;

function basic(pair: string): Headers {
  return { Authorization: `Basic ${Buffer.from(pair).toString("base64")}` };
}

function ask(options: SessionOptions, headers: Headers, query = "") {
  return getJson(`${sandbox.session(options).baseUrl}/v1/items${query}`, headers);
}

const RIGHT: [NonNullable<SessionOptions["auth"]>, Headers, string][] = [
  ["none", {}, ""],
  ["bearer", { Authorization: "Bearer sandbox-token" }, ""],
  ["bearer", { Authorization: "bearer sandbox-token" }, ""],
  ["api-key-header", { "X-API-Key": "sandbox-key" }, ""],
  ["api-key-query", {}, "?api_key=sandbox-key"],
  ["basic", basic("sandbox-user:sandbox-password"), ""],
];

test.each(RIGHT)("%s lets in the placeholder credentials", async (auth, headers, query) => {
  expect((await ask({ auth }, headers, query)).status).toBe(200);
});

const WRONG: [NonNullable<SessionOptions["auth"]>, Headers, string, string][] = [
  ["bearer", {}, "", 'Bearer realm="sandbox"'],
  ["bearer", { Authorization: "Bearer x" }, "", 'Bearer realm="sandbox", error="invalid_token"'],
  ["bearer", basic("sandbox-token:"), "", 'Bearer realm="sandbox"'],
  ["api-key-header", {}, "?api_key=sandbox-key", 'ApiKey realm="sandbox"'],
  ["api-key-header", { "X-API-Key": "x" }, "", 'ApiKey realm="sandbox"'],
  ["api-key-query", { "X-API-Key": "sandbox-key" }, "", 'ApiKey realm="sandbox"'],
  ["api-key-query", {}, "?api_key=x", 'ApiKey realm="sandbox"'],
  ["basic", basic("sandbox-user:x"), "", 'Basic realm="sandbox", charset="UTF-8"'],
  ["basic", basic("sandbox-user"), "", 'Basic realm="sandbox", charset="UTF-8"'],
  ["oauth2-client-credentials", {}, "", 'Bearer realm="sandbox"'],
  [
    "oauth2-client-credentials",
    { Authorization: "Bearer sandbox-token-1" },
    "",
    'Bearer realm="sandbox", error="invalid_token"',
  ],
];

test.each(WRONG)("%s refuses %j%s with a challenge", async (auth, headers, query, challenge) => {
  const answer = await ask({ auth }, headers, query);
  expect(answer.status).toBe(401);
  expect(answer.headers.get("WWW-Authenticate")).toBe(challenge);
  expect(answer.headers.get("Content-Type")).toBe("application/problem+json");
  expect(answer.headers.get("X-Request-Id")).toMatch(/^sandbox-\d+$/);
  expect(answer.body).toMatchObject({ title: "Unauthorized", status: 401 });
});

test("a key that comes twice is refused", async () => {
  const query = "?api_key=sandbox-key&api_key=sandbox-key";
  expect((await ask({ auth: "api-key-query" }, {}, query)).status).toBe(400);
});

describe("credentials of a session's own", () => {
  test("are read as UTF-8, colons in the password included", async () => {
    const options = {
      auth: "basic",
      credentials: { API_USERNAME: "ü", API_PASSWORD: "p:ä" },
    } as const;
    expect((await ask(options, basic("ü:p:ä"))).status).toBe(200);
    expect((await ask(options, basic("sandbox-user:sandbox-password"))).status).toBe(401);
  });

  test("may be several at a time, and rotate", async () => {
    const credentials = { API_TOKEN: ["a", "b"] };
    const session = sandbox.session({ auth: "bearer", credentials });
    const statusOf = async (token: string) => {
      const headers = { Authorization: `Bearer ${token}` };
      return (await getJson(`${session.baseUrl}/v1/items`, headers)).status;
    };
    expect([await statusOf("a"), await statusOf("b"), await statusOf("c")]).toEqual([
      200, 200, 401,
    ]);
    session.rotate({ API_TOKEN: "c" });
    expect([await statusOf("a"), await statusOf("c")]).toEqual([401, 200]);
    session.reset();
    expect([await statusOf("a"), await statusOf("c")]).toEqual([200, 401]);
  });

  test("rotate at a step", async () => {
    const session = sandbox.session({
      auth: "bearer",
      steps: ["ok", { credentials: { API_TOKEN: "new" } }],
    });
    const old = { Authorization: "Bearer sandbox-token" };
    expect((await getJson(`${session.baseUrl}/v1/items`, old)).status).toBe(200);
    expect((await getJson(`${session.baseUrl}/v1/items`, old)).status).toBe(401);
  });
});

test("the names of header and parameter can be others", async () => {
  const names = { apiKeyHeader: "X-Key", apiKeyParam: "k" };
  const header = await ask({ auth: "api-key-header", names }, { "X-Key": "sandbox-key" });
  const query = await ask({ auth: "api-key-query", names }, {}, "?k=sandbox-key");
  expect([header.status, query.status]).toEqual([200, 200]);
});
