/** The snippet of the limiter in Redis, against a server of Redis. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RedisServer, startRedis } from "../../scripts/setup/redis.mjs";
import { type Sandbox, startSandbox } from "../../src/sandbox/index.js";
import { SnippetRunner } from "./support/run-snippet.js";
import type { SnippetLanguage } from "./support/snippets.js";

const LANGUAGES: readonly SnippetLanguage[] = ["javascript", "python"];
const SETTINGS = { REQUESTS_PER_SECOND: 10, BURST: 4, REDIS_TIMEOUT_MS: 5000 };

let api: Sandbox;
let redis: RedisServer;
beforeAll(async () => {
  [api, redis] = await Promise.all([startSandbox(), startRedis()]);
});
afterAll(() => Promise.all([api.close(), redis.close()]));

describe.each(LANGUAGES)("api-limit-redis in %s", (language) => {
  const runner = new SnippetRunner(language);
  afterAll(() => {
    runner.close();
  });

  const use = (config: Record<string, string>) =>
    runner.use({
      prefix: "api-limit-redis",
      driver: "limit-redis",
      input: {
        url: `${api.session({ auth: "none" }).baseUrl}/v1/items?limit=1`,
        calls: 10,
        config,
      },
      settings: { ...SETTINGS, REDIS_KEY: `snippet-in-${language}` },
    });

  test("lets two limiters share one bucket", async () => {
    const { result } = await use({ REDIS_URL: redis.url });
    const times = [...(result as readonly number[])].sort((a, b) => a - b);
    times.forEach((ms, index) => {
      expect(ms).toBeGreaterThanOrEqual((index - 3) * 100);
    });
  });

  test("refuses a URL that isn't Redis's, and doesn't repeat it", async () => {
    const { error } = await use({ REDIS_URL: "http://:canary@localhost" });
    expect(error).toBe("REDIS_URL must be a redis:// or rediss:// URL");
  });
});
