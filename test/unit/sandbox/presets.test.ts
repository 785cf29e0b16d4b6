import { describe, expect, test } from "vitest";
import { SANDBOX_CREDENTIALS, SANDBOX_PRESETS } from "../../../src/sandbox/index.js";
import { failureOf, getJson, idsOf, type Json, sandboxForFile } from "./support.js";

const sandbox = await sandboxForFile();

function at(prefix: string, path = "/v1/items"): string {
  return `${sandbox.origin}/${prefix}${path}`;
}

async function statuses(prefix: string): Promise<number[]> {
  const seen: number[] = [];
  while (seen.length < 6) seen.push((await getJson(at(prefix))).status);
  return seen;
}

test("a path without faults answers well", async () => {
  const headers = { Authorization: `Bearer ${SANDBOX_CREDENTIALS.API_TOKEN}` };
  const { status, body } = await getJson(at("bearer/cursor", "/v1/items?limit=3"), headers);
  expect([status, idsOf(body).length]).toEqual([200, 3]);
});

test.each([
  ["flaky", [200, 200, 503, 200, 200, 503]],
  ["throttled", [200, 429, 200, 200, 429, 200]],
  ["redirect", [200, 307, 200, 200, 307, 200]],
  ["unavailable", [503, 503, 503, 503, 503, 503]],
])("%s", async (preset, expected) => {
  expect(await statuses(`none/single/${preset}`)).toEqual(expected);
});

test("limited", async () => {
  const urls = Array.from({ length: 20 }, () => at("none/single/limited"));
  const seen = (await Promise.all(urls.map((url) => getJson(url)))).map(({ status }) => status);
  expect(seen.filter((status) => status === 200).length).toBeGreaterThanOrEqual(5);
  expect(seen).toContain(429);
});

test.each(["truncated", "reset"])("%s", async (preset) => {
  const failures: string[] = [];
  while (failures.length < 3) failures.push(await failureOf(at(`none/single/${preset}`)));
  expect(failures.map((failure) => failure === "no failure")).toEqual([true, false, true]);
});

test.each(["stalled", "dribble"])("%s", async (preset) => {
  const url = at(`none/single/${preset}`);
  expect(await failureOf(url)).toBe("no failure");
  expect(await failureOf(url, { signal: AbortSignal.timeout(30) })).toBe("TimeoutError");
});

test("maintenance", async () => {
  const types: (string | null)[] = [];
  while (types.length < 3) {
    const response = await fetch(at("none/single/maintenance"));
    await response.text();
    types.push(response.headers.get("Content-Type"));
  }
  expect(types).toEqual(["application/json", "text/html", "application/json"]);
});

test("revoked and expiring", async () => {
  const prefix = "oauth2-client-credentials/single/revoked/expiring";
  const body = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: SANDBOX_CREDENTIALS.API_CLIENT_ID,
    client_secret: SANDBOX_CREDENTIALS.API_CLIENT_SECRET,
  });
  const response = await fetch(at(prefix, "/oauth/token"), { method: "POST", body });
  const token = (await response.json()) as Json;
  expect(token["expires_in"]).toBe(2);
  const headers = { Authorization: `Bearer ${String(token["access_token"])}` };
  expect((await getJson(at(prefix), headers)).status).toBe(200);
  expect((await getJson(at(prefix), headers)).status).toBe(401);
});

test.each([
  ["none/offset/clamped", { items: { length: 50 } }],
  ["none/next-url/relative", { next: expect.stringMatching(/^items\?cursor=/) as unknown }],
  ["none/cursor/endless", { has_more: true }],
  ["none/page/growing", { total: 250 }],
  ["none/cursor/cycle", { has_more: true }],
])("%s", async (prefix, expected) => {
  expect((await getJson(at(prefix))).body).toMatchObject(expected);
});

test("empty-page", async () => {
  const url = at("none/cursor/empty-page");
  await getJson(url);
  expect((await getJson(url)).body).toMatchObject({ items: [], has_more: true });
});

test("slow", async () => {
  const before = performance.now();
  await getJson(at("none/single/slow"));
  expect(performance.now() - before).toBeGreaterThanOrEqual(299);
});

describe("several faults", () => {
  test("add up, in any order", async () => {
    expect(await statuses("none/single/flaky/throttled")).toEqual([200, 429, 503, 200, 429, 503]);
    expect((await getJson(at("none/single/flaky/throttled"))).status).toBe(200);
    expect((await getJson(at("none/single/throttled/flaky"))).status).toBe(429);
  });

  test("work with options of a session's own, which win", async () => {
    const session = sandbox.session({
      pagination: "cursor",
      presets: ["clamped", "unavailable", "endless"],
      endless: false,
      steps: [{ status: 200 }],
    });
    const { body, status } = await getJson(`${session.baseUrl}/v1/items`);
    expect([status, idsOf(body).length]).toEqual([200, 50]);
    expect((await getJson(`${session.baseUrl}/v1/items`)).status).toBe(503);
    expect(session.settings.endless).toBe(false);
  });
});

test("every fault has a description of one line", () => {
  for (const { description } of Object.values(SANDBOX_PRESETS)) {
    expect(description).toMatch(/^[A-Z].{10,90}\.$/);
  }
});
