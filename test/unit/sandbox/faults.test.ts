import { describe, expect, test } from "vitest";
import type { SessionOptions } from "../../../src/sandbox/index.js";
import { firstPage, getJson, sandboxForFile } from "./support.js";

const sandbox = await sandboxForFile();

type Steps = NonNullable<SessionOptions["steps"]>;

async function statuses(options: SessionOptions, times: number): Promise<number[]> {
  const session = sandbox.session(options);
  const seen: number[] = [];
  while (seen.length < times) seen.push((await firstPage(session)).status);
  return seen;
}

describe("a sequence", () => {
  const steps: Steps = [{ status: 503 }, "ok", { status: 429 }];

  test("is followed by ok", async () => {
    expect(await statuses({ steps }, 5)).toEqual([503, 200, 429, 200, 200]);
  });

  test("may repeat its last step", async () => {
    expect(await statuses({ steps, after: "last" }, 5)).toEqual([503, 200, 429, 429, 429]);
  });

  test("may start again", async () => {
    expect(await statuses({ steps, after: "loop" }, 5)).toEqual([503, 200, 429, 503, 200]);
  });
});

/** The answer to one request that meets the step. */
async function meet(step: Steps[number], path = "/v1/items"): Promise<Response> {
  const session = sandbox.session({ steps: [step] });
  const headers = { Authorization: "Bearer canary" };
  return fetch(session.baseUrl + path, { headers, redirect: "manual" });
}

test.each([201, 400, 401, 403, 404, 408, 409, 410, 422, 429, 500, 501, 502, 503, 504, 505, 599])(
  "status %i",
  async (status) => {
    expect((await meet({ status })).status).toBe(status);
  },
);

test("401 comes with a challenge", async () => {
  const session = sandbox.session({ auth: "bearer", steps: [{ status: 401 }] });
  expect((await firstPage(session)).headers.get("WWW-Authenticate")).toContain("Bearer");
});

test("a body of JSON, verbatim", async () => {
  const response = await meet({ status: 422, json: { error: "no\n" } });
  expect([response.status, await response.text()]).toEqual([422, '{"error":"no\\n"}']);
});

test("a body of text, verbatim, with any headers", async () => {
  const headers = { "Content-Type": "application/json", "X-Should-Retry": "false" };
  const response = await meet({ text: "{not json", headers });
  expect([response.status, await response.text()]).toEqual([200, "{not json"]);
  expect(response.headers.get("Content-Type")).toBe("application/json");
  expect(response.headers.get("X-Should-Retry")).toBe("false");
});

test("a header of several lines", async () => {
  const response = await meet({ headers: { Link: ["<a>; rel=x", "<b>; rel=next"] } });
  expect(response.headers.get("Link")).toBe("<a>; rel=x, <b>; rel=next");
});

test("HTML with status 200", async () => {
  const response = await meet({ html: true });
  expect([response.status, response.headers.get("Content-Type")]).toEqual([200, "text/html"]);
  expect(await response.text()).toContain("<!doctype html>");
});

test.each([301, 302, 303, 307, 308])("redirect %i to any URL", async (status) => {
  const response = await meet({ status, headers: { Location: "http://other.test/?u={url}" } });
  expect(response.status).toBe(status);
  expect(response.headers.get("Location")).toMatch(
    /^http:\/\/other\.test\/\?u=http:.*\/v1\/items$/,
  );
});

test("an error that repeats the credentials", async () => {
  const response = await meet({ status: 500, echo: true }, "/v1/items?api_key=canary2");
  expect(response.status).toBe(500);
  const text = await response.text();
  expect(text).toContain("authorization: Bearer canary");
  expect(text).toContain("api_key=canary2");
});

test("any bytes", async () => {
  const response = await meet({ base64: Buffer.of(0xff, 0xfe, 0x00).toString("base64") });
  expect(new Uint8Array(await response.arrayBuffer())).toEqual(Uint8Array.of(0xff, 0xfe, 0x00));
  expect(response.headers.get("Content-Type")).toMatch(/json/);
});

test("a huge body", async () => {
  const text = await (await meet({ hugeBytes: 3_000_000 })).text();
  expect(text).toHaveLength(3_000_000);
  expect(JSON.parse(text)).toMatchObject({ items: [] });
});

test("a gzip bomb", async () => {
  const response = await meet({ gzipBytes: 5_000_000 });
  expect(response.headers.get("Content-Encoding")).toBe("gzip");
  const text = await response.text();
  expect(text).toHaveLength(5_000_000);
  expect(JSON.parse(text)).toMatchObject({ items: [] });
});

test("fields of a real page, set and left out", async () => {
  const session = sandbox.session({
    auth: "bearer",
    pagination: "cursor",
    records: 1,
    steps: [{ set: { next_cursor: "{base}/x", items: null }, omit: ["has_more"] }],
  });
  const headers = { Authorization: "Bearer sandbox-token" };
  const { body } = await getJson(`${session.baseUrl}/v1/items`, headers);
  expect(body).toEqual({ items: null, next_cursor: `${session.baseUrl}/x` });
});

test("a delay before the answer", async () => {
  const before = performance.now();
  await (await meet({ delayMs: 30 })).text();
  expect(performance.now() - before).toBeGreaterThanOrEqual(29);
});
