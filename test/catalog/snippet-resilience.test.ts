/** Snippets that retry, stop and pace requests do it, against a server that misbehaves. */
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
const UUID4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

/** The waits between requests, in ms. */
function waits({ requests }: Session): readonly number[] {
  return requests.slice(1).map(({ at }, index) => at - (requests[index]?.at ?? 0));
}

describe.each(LANGUAGES)("in %s,", (language) => {
  const session = (options: SessionOptions = {}) => sandbox.session(options);
  const runner = new SnippetRunner(language);
  const use = runner.use.bind(runner);
  afterAll(() => {
    runner.close();
  });

  describe.each(["api-retry", "api-retry-fixed", "api-retry-breaker"])("%s", (prefix) => {
    const send = async (options: SessionOptions, method = "GET", headers = {}) => {
      const asked = session(options);
      const input = { method, url: `${asked.baseUrl}/v1/items`, headers };
      const settings = { BASE_DELAY_MS: 50, MAX_RETRY_AFTER_MS: 5000 };
      return { outcome: await use({ prefix, driver: "retry", input, settings }), asked };
    };

    test("gets over 503 and 429, and waits as long as Retry-After says", async () => {
      const steps = [{ status: 503 }, { status: 429, retryAfter: 1 }];
      const { outcome, asked } = await send({ steps });
      expect(outcome.result).toMatchObject({ status: 200 });
      expect(asked.requests).toHaveLength(3);
      expect(waits(asked)[1]).toBeGreaterThanOrEqual(1000);
      expect(waits(asked)[1]).toBeLessThan(2000);
    });

    test("gets over a connection that breaks", async () => {
      const { outcome, asked } = await send({ steps: [{ delivery: "reset" }] });
      expect(outcome.result).toMatchObject({ status: 200 });
      expect(asked.requests).toHaveLength(2);
    });

    test("makes so many attempts and no more", async () => {
      const { outcome, asked } = await send({ steps: [{ status: 503 }], after: "loop" });
      expect(outcome).toMatchObject({ kind: "unavailable", error: /^GET .*answered 503$/ });
      expect(asked.requests).toHaveLength(5);
    });

    test("doesn't wait longer than allowed", async () => {
      const { outcome, asked } = await send({ steps: [{ status: 503, retryAfter: 60 }] });
      expect(outcome).toMatchObject({ kind: "later", error: /try again after 20/ });
      expect(asked.requests).toHaveLength(1);
    });

    test("repeats nothing that might be done twice, or that would fail again", async () => {
      const post = await send({ steps: [{ status: 503, commit: true }] }, "POST");
      expect(post.outcome.kind).toBe("unavailable");
      expect(post.asked.commits).toHaveLength(1);
      const keyed = { "Idempotency-Key": "k" };
      const again = await send({ steps: [{ status: 503, commit: true }] }, "POST", keyed);
      expect(again.outcome.result).toMatchObject({ status: 201 });
      const wrong = await send({ steps: [{ status: 404 }] });
      expect(wrong.outcome.result).toMatchObject({ status: 404 });
      expect(wrong.asked.requests).toHaveLength(1);
    });
  });

  test("api-retry-breaker stops all calls when the API keeps failing, and tries one after a while", async () => {
    const asked = session({ steps: [{ status: 503 }], after: "last" });
    const input = { url: `${asked.baseUrl}/v1/items`, calls: [4, 1], pauseMs: 700 };
    const settings = {
      MAX_ATTEMPTS: 1,
      BREAKER_THRESHOLD: 2,
      BREAKER_OPEN_MS: 500,
    };
    const { result } = await use({
      prefix: "api-retry-breaker",
      driver: "breaker",
      input,
      settings,
    });
    expect(result).toEqual(["unavailable", "unavailable", "later", "later", "unavailable"]);
    expect(asked.requests).toHaveLength(3);
  });

  test("api-retry-breaker makes no retry that its budget can't pay", async () => {
    const asked = session({ steps: [{ status: 503 }], after: "last" });
    const input = { url: `${asked.baseUrl}/v1/items`, calls: [3], pauseMs: 0 };
    const settings = { BASE_DELAY_MS: 1, RETRY_BUDGET: 30 };
    await use({ prefix: "api-retry-breaker", driver: "breaker", input, settings });
    expect(asked.requests).toHaveLength(3 + 2);
  });

  describe("api-post-once", () => {
    const post = async (steps: SessionOptions["steps"], more = {}) => {
      const asked = session({ steps });
      const input = { url: `${asked.baseUrl}/v1/items`, json: { name: "x" }, ...more };
      const settings = { BASE_DELAY_MS: 20 };
      const prefix = "api-post-once";
      const outcome = await use({ prefix, driver: "post", input, settings });
      return {
        outcome,
        asked,
        keys: asked.requests.map(({ headers }) => headers["idempotency-key"]),
      };
    };

    test("does an operation once, with one key for all of its attempts", async () => {
      const lost = { status: 503, commit: true };
      const { outcome, asked, keys } = await post([lost, { status: 409, retryAfter: 1 }]);
      expect(outcome.result).toEqual([{ id: "written-0001", name: "x" }]);
      expect(asked.commits).toHaveLength(1);
      expect(keys).toHaveLength(3);
      expect(new Set(keys).size).toBe(1);
      expect(keys[0]).toMatch(UUID4);
      expect(waits(asked)[1]).toBeGreaterThanOrEqual(1000);
    });

    test("has another key for another operation, or the one that is given", async () => {
      const { keys } = await post([], { times: 2 });
      expect(new Set(keys).size).toBe(2);
      expect((await post([], { key: "saved" })).keys).toEqual(["saved"]);
    });

    test("takes 422 as final", async () => {
      const { outcome, asked } = await post([{ status: 422 }]);
      expect(outcome).toMatchObject({ kind: "failed", error: /answered 422$/ });
      expect(asked.requests).toHaveLength(1);
    });
  });

  describe("the limiters", () => {
    const answered = async (prefix: string, settings: Record<string, number>) => {
      const input = { url: `${session().baseUrl}/v1/items?limit=1`, calls: 7 };
      const { result } = await use({ prefix, driver: "limit", input, settings });
      const answers = result as readonly { status: number; ms: number }[];
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200, 200]);
      return answers.map(({ ms }) => ms).sort((a, b) => a - b);
    };

    test("api-limit-interval spaces requests evenly", async () => {
      const times = await answered("api-limit-interval", { REQUESTS_PER_SECOND: 10 });
      times.forEach((ms, index) => {
        expect(ms).toBeGreaterThanOrEqual(index * 100);
      });
      expect(times[6]).toBeLessThan(1200);
    });

    test("api-limit-bucket lets a burst go, then the rate", async () => {
      const settings = { REQUESTS_PER_SECOND: 10, BURST: 4 };
      const times = await answered("api-limit-bucket", settings);
      times.forEach((ms, index) => {
        expect(ms).toBeGreaterThanOrEqual((index - 3) * 100);
      });
      expect(times[3]).toBeLessThan(300);
    });
  });
});

test("in Python, a key that is None is none: the request is sent once", async () => {
  const runner = new SnippetRunner("python");
  const asked = sandbox.session({ steps: [{ status: 503, commit: true }] });
  const headers = { "Idempotency-Key": null };
  const input = { method: "POST", url: `${asked.baseUrl}/v1/items`, headers };
  const outcome = await runner.use({ prefix: "api-retry", driver: "retry", input });
  runner.close();
  expect(outcome.kind).toBe("unavailable");
  expect(asked.requests).toHaveLength(1);
});
