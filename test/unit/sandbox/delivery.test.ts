import { connect } from "node:net";
import { gunzipSync } from "node:zlib";
import { expect, test, vi } from "vitest";
import type { Session, SessionOptions } from "../../../src/sandbox/index.js";
import { failureOf, firstPage, sandboxForFile } from "./support.js";

const sandbox = await sandboxForFile();

type Step = Exclude<NonNullable<SessionOptions["steps"]>[number], "ok">;

function meeting(step: Step): Session {
  return sandbox.session({ records: 2, steps: [step] });
}

function itemsOf(session: Session): string {
  return `${session.baseUrl}/v1/items`;
}

/** Everything that comes over the wire, and how the connection ended. */
function raw(url: string): Promise<{ text: string; end: string }> {
  const { hostname, port, pathname } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    let text = "";
    socket.setEncoding("latin1").on("data", (chunk: string) => (text += chunk));
    socket.on("end", () => {
      resolve({ text, end: "FIN" });
    });
    socket.on("error", ({ message }) => {
      resolve({ text, end: message });
    });
    socket.write(`GET ${pathname} HTTP/1.1\r\nHost: ${hostname}:${port}\r\n\r\n`);
  });
}

test("reset before the answer", async () => {
  const session = meeting({ delivery: "reset" });
  expect(await failureOf(itemsOf(session))).toBe("ECONNRESET");
  expect(session.requests[0]).toMatchObject({ delivery: "reset", clientClosed: false });
  expect(session.requests[0]).not.toHaveProperty("status");
  expect((await firstPage(session)).status).toBe(200);
});

test("close without an answer", async () => {
  expect(await raw(itemsOf(meeting({ delivery: "close" })))).toEqual({ text: "", end: "FIN" });
});

test("a body shorter than its Content-Length", async () => {
  const { text, end } = await raw(itemsOf(meeting({ delivery: "truncated", sentBytes: 15 })));
  const [head = "", body] = text.split("\r\n\r\n");
  expect(head).toMatch(/Content-Length: 185/);
  expect([body, end]).toEqual(['{"items":[{"id"', "FIN"]);
});

test("a chunked body without its end", async () => {
  const { text, end } = await raw(itemsOf(meeting({ delivery: "cut-chunk", sentBytes: 15 })));
  expect(text).toMatch(/Transfer-Encoding: chunked/);
  expect(text).not.toMatch(/Content-Length/i);
  expect([text.split("\r\n\r\n")[1], end]).toEqual(['f\r\n{"items":[{"id"\r\n', "FIN"]);
});

test("a head that is cut in its first header", async () => {
  const { text, end } = await raw(itemsOf(meeting({ delivery: "cut-head" })));
  expect([text, end]).toEqual([expect.stringMatching(/^HTTP\/1.1 200 OK\r\n[\w-]{6}$/), "FIN"]);
});

test("a whole body that ends with the connection", async () => {
  const { text, end } = await raw(itemsOf(meeting({ json: [1], delivery: "until-close" })));
  const [head, body] = text.split("\r\n\r\n");
  expect(head).toMatch(/^HTTP\/1.1 200 OK\r\n/);
  expect(head).not.toMatch(/Content-Length|Transfer-Encoding/i);
  expect([body, end]).toEqual(["[1]", "FIN"]);
});

test("a packed body that can't be unpacked, until the connection ends", async () => {
  const { text, end } = await raw(itemsOf(meeting({ delivery: "damaged-gzip" })));
  const [head = "", body = ""] = text.split("\r\n\r\n");
  expect(head).toMatch(/content-encoding: gzip/);
  expect(head).not.toMatch(/content-length/);
  expect(() => gunzipSync(Buffer.from(body, "latin1"))).toThrow(/invalid/);
  expect(end).toBe("FIN");
});

test("a reset in the middle of the body", async () => {
  const session = meeting({ delivery: "reset-body" });
  expect(await failureOf(itemsOf(session))).not.toBe("no failure");
  expect(session.requests[0]).toMatchObject({ status: 200, delivery: "reset-body" });
});

test("a cut delivery works with any status", async () => {
  const session = meeting({ status: 503, delivery: "truncated" });
  const response = await fetch(itemsOf(session));
  expect(response.status).toBe(503);
  await expect(response.text()).rejects.toThrow("terminated");
});

test("a slow body", async () => {
  const session = meeting({ json: "0123456", delivery: "slow-body", everyMs: 4 });
  const response = await fetch(itemsOf(session));
  const before = performance.now();
  expect(await response.text()).toBe('"0123456"');
  expect(performance.now() - before).toBeGreaterThan(20);
});

test("slow headers", async () => {
  const session = meeting({ delivery: "slow-headers", everyMs: 0.1, headers: { "X-A": "b" } });
  const before = performance.now();
  const response = await fetch(itemsOf(session));
  expect(performance.now() - before).toBeGreaterThan(20);
  expect(response.headers.get("X-A")).toBe("b");
  expect(await response.json()).toMatchObject({ total: 2 });
});

test("no answer at all; that the client gives up is seen", async () => {
  const session = meeting({ delivery: "hang" });
  const signal = AbortSignal.timeout(100);
  expect(await failureOf(itemsOf(session), { signal })).toBe("TimeoutError");
  await vi.waitFor(() => {
    expect(session.requests[0]).toMatchObject({ delivery: "hang", clientClosed: true });
  });
});

test("a client that stops a slow body is seen", async () => {
  const session = meeting({ delivery: "slow-body", everyMs: 5 });
  expect(await failureOf(itemsOf(session), { signal: AbortSignal.timeout(100) })).not.toBe(
    "no failure",
  );
  await vi.waitFor(() => {
    expect(session.requests[0]?.clientClosed).toBe(true);
  });
});
