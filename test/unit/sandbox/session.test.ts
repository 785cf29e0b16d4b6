import { describe, expect, test } from "vitest";
import { startSandbox } from "../../../src/sandbox/index.js";
import { failureOf, firstPage, getJson, postJson, sandboxForFile } from "./support.js";

const sandbox = await sandboxForFile();

describe("the log", () => {
  test("tells what came and what was answered", async () => {
    const session = sandbox.session({ steps: [{ status: 404 }] });
    const before = performance.now();
    await postJson(`${session.baseUrl}/v1/items?a=1&a=2&b=%C3%BC`, "é", { "X-A": "b" });
    await firstPage(session);
    const [first, second] = session.requests;
    expect(first).toMatchObject({
      number: 1,
      kind: "api",
      method: "POST",
      path: `${new URL(session.baseUrl).pathname}/v1/items`,
      query: { a: ["1", "2"], b: ["ü"] },
      body: '"é"',
      status: 404,
      delivery: "whole",
      clientClosed: false,
    });
    expect(first?.headers["x-a"]).toBe("b");
    expect(first?.at).toBeGreaterThan(before);
    expect(first?.endedAt).toBeGreaterThan(first?.at ?? Infinity);
    expect(second).toMatchObject({ number: 2, method: "GET", status: 200, body: "" });
  });

  test("counts connections", async () => {
    const session = sandbox.session({ steps: [{ delayMs: 20 }], after: "last" });
    await Promise.all([1, 2, 3].map(() => firstPage(session)));
    expect(session.peakConnections).toBe(3);
    expect(new Set(session.requests.map(({ connection }) => connection)).size).toBe(3);
  });

  test("counts no connection that is closed", async () => {
    const session = sandbox.session({ steps: [{ delivery: "reset" }], after: "last" });
    for (let turn = 0; turn < 3; turn++) await failureOf(`${session.baseUrl}/v1/items`);
    expect(session.peakConnections).toBe(1);
  });

  test("is forgotten on reset, with the place in the sequence and the commits", async () => {
    const session = sandbox.session({ steps: ["ok", { status: 503 }], after: "last" });
    await postJson(`${session.baseUrl}/v1/items`, {});
    expect((await firstPage(session)).status).toBe(503);
    session.reset();
    expect([session.requests, session.commits]).toEqual([[], []]);
    expect((await firstPage(session)).status).toBe(200);
  });
});

test("sessions know nothing of each other", async () => {
  const one = sandbox.session({ steps: [{ status: 503 }] });
  const other = sandbox.session();
  expect((await firstPage(other)).status).toBe(200);
  expect((await firstPage(one)).status).toBe(503);
  expect([one.requests.length, other.requests.length]).toEqual([1, 1]);
});

test("a session gives its client's environment", () => {
  const session = sandbox.session({
    auth: "oauth2-client-credentials",
    pagination: "cursor",
    credentials: { API_CLIENT_SECRET: ["canary", "old"] },
  });
  expect(session.environment).toEqual({
    API_BASE_URL: session.baseUrl,
    API_TOKEN_URL: `${session.baseUrl}/oauth/token`,
    API_CLIENT_ID: "sandbox-client",
    API_CLIENT_SECRET: "canary",
  });
  expect(sandbox.session({ auth: "none" }).environment).toHaveProperty("API_BASE_URL");
});

test("a session may have another path", async () => {
  const session = sandbox.session({ path: "/v2/ü" });
  expect((await getJson(`${session.baseUrl}/v2/ü`)).status).toBe(200);
  expect((await firstPage(session)).status).toBe(404);
});

test("a mistake in the options is one sentence", () => {
  const options = { auth: "bearr" } as unknown as { auth: "bearer" };
  expect(() => sandbox.session(options)).toThrow(
    'auth: Unknown value "bearr": did you mean "bearer"?',
  );
});

describe("the server", () => {
  test("ends at once whatever is under way", async () => {
    const own = await startSandbox();
    const session = own.session({ steps: [{ delivery: "hang" }, { delayMs: 60_000 }] });
    const waiting = Promise.all([1, 2].map(() => failureOf(`${session.baseUrl}/v1/items`)));
    while (session.requests.length < 2) await new Promise(setImmediate);
    const before = performance.now();
    await own.close();
    expect(await waiting).not.toContain("no failure");
    expect(performance.now() - before).toBeLessThan(2000);
    expect(await failureOf(own.origin)).toBe("ECONNREFUSED");
  });

  test("ends with its scope", async () => {
    let origin: string;
    {
      await using own = await startSandbox();
      origin = own.origin;
      expect(await failureOf(origin)).toBe("no failure");
    }
    expect(await failureOf(origin)).toBe("ECONNREFUSED");
  });

  test("keeps idle connections for longer than clients pause", async () => {
    const { headers } = await firstPage(sandbox.session());
    expect(headers.get("Keep-Alive")).toBe("timeout=120");
  });

  test("listens on loopback only", async () => {
    expect(sandbox.origin).toBe(`http://127.0.0.1:${sandbox.port}`);
    await expect(startSandbox({ host: "0.0.0.0" })).rejects.toThrow("not a loopback address");
  });

  test("says that its port is taken", async () => {
    await expect(startSandbox({ port: sandbox.port })).rejects.toMatchObject({
      code: "EADDRINUSE",
    });
  });
});
