/** The extra `metrics`: what clients that run say of it, beside what the server saw. */
import { afterAll, describe, expect, test } from "vitest";
import { type Asked, LANGUAGES, see, startHarness } from "./extras.js";
import type { Seen } from "./scenario.js";

const harness = await startHarness();
afterAll(() => harness.stop());

interface Summary {
  readonly latencyMs: { readonly p50: number; readonly p95: number; readonly p99: number };
  readonly durationMs: number;
}

/** The one that the run ended with. */
function summaryOf({ logs }: Seen): Summary {
  expect(logs.filter(({ message }) => message === "summary")).toHaveLength(1);
  expect(logs.at(-1)).toMatchObject({ level: "info", message: "summary" });
  return logs.at(-1) as unknown as Summary;
}

const requestsOf = ({ logs }: Seen) => logs.filter(({ message }) => message === "request");

describe.concurrent.each(LANGUAGES)("metrics in %s", (language) => {
  const run = (asked: Omit<Asked, "language" | "extras"> = {}) =>
    see(harness, { language, extras: ["metrics"], ...asked });
  const debug: Asked["environment"] = (given) => ({ ...given, API_LOG_LEVEL: "debug" });

  test("counts what the server saw", async () => {
    const steps = ["ok" as const, { status: 503 }, { status: 429, retryAfter: 0 }, { status: 429 }];
    const told = await run({ session: { steps } });
    expect(told.exitCode).toBe(0);
    const summary = summaryOf(told);
    expect(summary).toMatchObject({
      complete: true,
      requests: told.session.requests.length,
      retries: 3,
      throttled: 2,
      pages: 3,
      records: 250,
    });
    expect(summary.durationMs).toBeGreaterThan(0);
    expect(summary.durationMs).toBeLessThan(told.endedAt - told.startedAt + 1);
    expect(requestsOf(told)).toEqual([]);
  });

  test.each(["oauth2-client-credentials", "bearer"])("counts requests with %s", async (auth) => {
    const token = { steps: [{ status: 503 }] };
    const told = await run({ options: { auth }, session: { token, steps: [{ status: 401 }] } });
    expect(summaryOf(told)).toMatchObject({
      requests: told.session.requests.length,
      retries: auth === "bearer" ? 0 : 1,
      complete: auth !== "bearer",
    });
  });

  test("tells latencies at most 5 % too high", async () => {
    const steps = Array.from({ length: 20 }, (_, n) => ({
      delayMs: n === 5 ? 400 : n === 6 ? 200 : 30,
    }));
    const told = await run({
      options: { pagination: "offset" },
      session: { steps, records: 20 },
      set: { pageSize: 1 },
      environment: debug,
    });
    const seen = requestsOf(told)
      .map(({ latencyMs }) => Number(latencyMs))
      .sort((a, b) => a - b);
    expect(seen).toHaveLength(told.session.requests.length);
    const { p50, p95, p99 } = summaryOf(told).latencyMs;
    for (const [percentile, share] of [
      [p50, 0.5],
      [p95, 0.95],
      [p99, 0.99],
    ] as const) {
      const exact = seen[Math.ceil(share * seen.length) - 1] ?? NaN;
      expect(percentile).toBeGreaterThanOrEqual(exact - 1);
      expect(percentile).toBeLessThanOrEqual(exact * 1.05 + 1);
    }
    expect(p99).toBeGreaterThanOrEqual(400);
  });

  test("logs each request at debug level, without secrets", async () => {
    const key = "ca na+ry/1&ü";
    const told = await run({
      options: { auth: "api-key-query", pagination: "next-url" },
      session: {
        credentials: { API_KEY: key },
        keyInNextUrls: true,
        steps: ["ok", { status: 503, echo: true }, { delivery: "reset" }],
      },
      environment: debug,
    });
    expect(told.exitCode).toBe(0);
    const requests = requestsOf(told);
    expect(requests).toHaveLength(told.session.requests.length);
    const line = {
      level: "debug",
      method: "GET",
      path: expect.stringMatching(/\/v1\/items$/) as string,
    };
    expect(requests).toMatchObject(requests.map(() => line));
    expect(requests.map(({ status }) => status ?? null)).toEqual([200, 503, null, 200, 200]);
    const coded = [encodeURIComponent(key), String(new URLSearchParams([["", key]])).slice(1)];
    for (const secret of [key, ...coded, Buffer.from(key).toString("base64")]) {
      expect(told.stderr).not.toContain(secret);
    }
  });

  test("says so when a run fails", async () => {
    const told = await run({ session: { steps: ["ok", { status: 404 }] } });
    expect(told.exitCode).toBe(1);
    expect(summaryOf(told)).toMatchObject({ complete: false, requests: 2, pages: 1, records: 100 });
  });

  test("says so when nothing was asked", async () => {
    const told = await run({ environment: (given) => ({ ...given, API_TOKEN: "" }) });
    expect(told.exitCode).toBe(78);
    const latencyMs = { p50: null, p95: null, p99: null };
    expect(summaryOf(told)).toMatchObject({ complete: false, requests: 0, latencyMs });
  });

  test.each(["SIGINT", "SIGTERM"] as const)("says so after %s", async (name) => {
    const told = await run({
      session: { steps: ["ok", { delayMs: 10_000 }] },
      interference: { signal: { name, afterRequests: 2 } },
      environment: debug,
    });
    expect(told.exitCode).toBe(name === "SIGINT" ? 130 : 143);
    expect(summaryOf(told)).toMatchObject({ complete: false, requests: 2, pages: 1 });
    expect(requestsOf(told)).toHaveLength(2);
  });

  test("says so when nobody reads the output any more", async () => {
    const told = await run({ session: { endless: true }, interference: { closesStdout: true } });
    expect(told.exitCode).toBe(74);
    expect(summaryOf(told)).toMatchObject({ complete: false });
  });

  test("counts records before they are checked", async () => {
    const record = { id: "1", name: "x" };
    const told = await see(harness, {
      language,
      extras: ["schema", "metrics"],
      set: { onInvalid: "skip" },
      session: { records: [record, {}] },
    });
    expect(told.lines).toEqual([record]);
    expect(summaryOf(told)).toMatchObject({ complete: true, pages: 1, records: 2 });
  });
});
