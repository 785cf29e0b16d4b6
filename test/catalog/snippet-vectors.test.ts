/** Snippets that read and check what comes in, on known cases. */
import { createHmac } from "node:crypto";
import { afterAll, describe, expect, test } from "vitest";
import { SnippetRunner } from "./support/run-snippet.js";
import type { SnippetLanguage } from "./support/snippets.js";

const LANGUAGES: readonly SnippetLanguage[] = ["javascript", "python"];
const DATE = "Tue, 24 Nov 2026 10:00:00 GMT";
const NOW_S = Date.parse(DATE) / 1000;

type Headers = Readonly<Record<string, string>>;

/** Retry-After, with the server's Date; then what it means in ms. */
const RETRY_AFTER: readonly (readonly [string, number | null])[] = [
  ["2", 2000],
  ["0", 0],
  ["0.5", 500],
  ["2147484", 2147484000],
  ["Tue, 24 Nov 2026 10:00:04 GMT", 4000],
  ["Tuesday, 24-Nov-26 10:00:04 GMT", 4000],
  ["Tue Nov 24 10:00:04 2026", 4000],
  ["Tue, 24 Nov 2026 09:59:00 GMT", null],
  ["-5", null],
  ["soon", null],
  ["5 seconds", null],
  ["", null],
];

type Limit = readonly [remaining: number, resetMs: number];

const RATE_LIMITS: readonly (readonly [string, Headers, Limit | null])[] = [
  ["RateLimit of the draft", { RateLimit: '"default";r=50;t=30' }, [50, 30_000]],
  [
    "the window, where the reset is not told",
    { RateLimit: '"a";r=0', "RateLimit-Policy": '"b";q=9;w=9, "a";q=100;w=60' },
    [0, 60_000],
  ],
  [
    "the tightest of several",
    { RateLimit: '"day";r=900;t=3600, "burst" ; r=2 ; t=1', "X-RateLimit-Remaining": "7" },
    [2, 1000],
  ],
  ["the longest of equals", { RateLimit: '"a";r=0;t=1,"b";r=0;t=9' }, [0, 9000]],
  ["names with marks in them", { RateLimit: '"a,b;r=1\\"";r=5;t=2;pk=:cDE=:' }, [5, 2000]],
  [
    "RateLimit-* as it was before",
    { "RateLimit-Limit": "100, 100;w=60", "RateLimit-Remaining": "3", "RateLimit-Reset": "20" },
    [3, 20_000],
  ],
  [
    "X-RateLimit-Reset in seconds from now",
    { "X-RateLimit-Limit": "60", "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "42" },
    [0, 42_000],
  ],
  [
    "X-RateLimit-Reset since 1970, in s",
    { "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": String(NOW_S + 42), Date: DATE },
    [0, 42_000],
  ],
  [
    "X-RateLimit-Reset since 1970, in ms",
    { "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": String((NOW_S + 42) * 1000), Date: DATE },
    [0, 42_000],
  ],
  [
    "a reset that is over",
    { "X-RateLimit-Remaining": "1", "X-RateLimit-Reset": String(NOW_S - 5), Date: DATE },
    [1, 0],
  ],
  ["no reset", { "X-RateLimit-Remaining": "1" }, [1, 0]],
  ["nothing", {}, null],
  ["nonsense", { RateLimit: "r=1;t=2", "X-RateLimit-Remaining": "many" }, null],
  ["numbers that are none", { RateLimit: '"a";r=-1;t=2', "RateLimit-Remaining": "-1" }, null],
  ["a date", { "X-RateLimit-Remaining": "2026-11-24" }, null],
];

/** The vector that the reference libraries of Standard Webhooks are tested with. */
const WEBHOOK = {
  secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
  body: '{"test": 2432232314}',
  now: 1614265330,
  headers: {
    "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
    "webhook-timestamp": "1614265330",
    "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
  },
};
const SIGNATURE = WEBHOOK.headers["webhook-signature"];
const OTHER = "v1,AAAA9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

function signed(text: string): string {
  const key = Buffer.from(WEBHOOK.secret.slice("whsec_".length), "base64");
  return `v1,${createHmac("sha256", key).update(text).digest("base64")}`;
}

const withHeader = (name: string, value: string) => ({
  ...WEBHOOK,
  headers: { ...WEBHOOK.headers, [name]: value },
});

const WEBHOOKS: readonly (readonly [string, typeof WEBHOOK, boolean])[] = [
  ["a good one", WEBHOOK, true],
  ["as old as allowed", { ...WEBHOOK, now: WEBHOOK.now + 300 }, true],
  ["too old", { ...WEBHOOK, now: WEBHOOK.now + 301 }, false],
  ["from the future", { ...WEBHOOK, now: WEBHOOK.now - 301 }, false],
  ["with another body", { ...WEBHOOK, body: '{"test": 2432232315}' }, false],
  ["with another id", withHeader("webhook-id", "msg_2"), false],
  ["with another time", withHeader("webhook-timestamp", "1614265331"), false],
  ["with another secret", { ...WEBHOOK, secret: `whsec_${"A".repeat(32)}` }, false],
  ["with a wrong signature", withHeader("webhook-signature", OTHER), false],
  ["with one of two signatures", withHeader("webhook-signature", `${OTHER} ${SIGNATURE}`), true],
  ["of another version", withHeader("webhook-signature", SIGNATURE.replace("v1", "v2")), false],
  ["without a signature", withHeader("webhook-signature", ""), false],
  ["with half a signature", withHeader("webhook-signature", SIGNATURE.slice(0, 20)), false],
  [
    "signed for a time that is none",
    {
      ...withHeader("webhook-timestamp", "NaN"),
      headers: {
        "webhook-id": "m",
        "webhook-timestamp": "NaN",
        "webhook-signature": signed(`m.NaN.${WEBHOOK.body}`),
      },
    },
    false,
  ],
];

describe.each(LANGUAGES)("in %s,", (language) => {
  const runner = new SnippetRunner(language);
  const use = runner.use.bind(runner);
  afterAll(() => {
    runner.close();
  });

  test.each(RETRY_AFTER)("api-retry-after reads %j", async (value, ms) => {
    const input = [{ "Retry-After": value, Date: DATE }];
    const { result } = await use({ prefix: "api-retry-after", driver: "retry-after", input });
    expect(result).toEqual([ms]);
  });

  test.each(RATE_LIMITS)("api-limit-headers reads %s", async (_, headers, limit) => {
    const input = [headers];
    const { result } = await use({ prefix: "api-limit-headers", driver: "limit-headers", input });
    const [remaining, resetMs] = limit ?? [null, null];
    const pauseMs = remaining === 0 ? resetMs : 0;
    expect(result).toEqual([{ remaining, resetMs, pauseMs }]);
  });

  test("api-limit-headers lets Retry-After win", async () => {
    const input = [{ "Retry-After": "3", "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "9" }];
    const { result } = await use({ prefix: "api-limit-headers", driver: "limit-headers", input });
    expect(result).toMatchObject([{ pauseMs: 3000 }]);
  });

  test.each(WEBHOOKS)("api-webhook judges one %s", async (_, webhook, isGenuine) => {
    const input = { cases: [webhook] };
    const outcome = await use({ prefix: "api-webhook", driver: "webhook", input });
    expect(outcome).toEqual({ result: [isGenuine] });
  });

  test.each(["", "whsec_", "whsec_c2hvcnQ="])(
    "api-webhook refuses the secret %j",
    async (secret) => {
      const input = { cases: [{ ...WEBHOOK, secret }] };
      const { error } = await use({ prefix: "api-webhook", driver: "webhook", input });
      expect(error).toContain("shorter than 24 bytes");
    },
  );

  describe("api-config", () => {
    const config = (input: Headers) => use({ prefix: "api-config", driver: "config", input });
    const environment = { API_BASE_URL: "https://example.com/api/", API_TOKEN: "canary-1" };

    test("reads what is set, and never prints the secret", async () => {
      const { result } = await config({ ...environment, API_TIMEOUT_MS: "500" });
      const { printed, ...read } = result as { printed: string };
      const baseUrl = "https://example.com/api";
      expect(read).toEqual({ baseUrl, timeoutMs: 500, token: "canary-1" });
      expect(printed).toContain("https://example.com/api");
      expect(printed).not.toContain("canary-1");
      expect((await config(environment)).result).toMatchObject({ timeoutMs: 30_000 });
    });

    test("names everything that is wrong, and no value", async () => {
      const { error } = await config({ API_TOKEN: "canary 2", API_TIMEOUT_MS: "-1" });
      expect(error).toMatch(/API_BASE_URL must be .*API_TOKEN must be .*API_TIMEOUT_MS must be /);
      expect(error).not.toContain("canary");
    });
  });

  describe("api-schema", () => {
    const check = (input: unknown) => use({ prefix: "api-schema", driver: "schema", input });

    test("lets a good record through, without what it doesn't name", async () => {
      const record = { id: "item-1", name: "x", extra: 1 };
      expect(await check(record)).toEqual({
        result: { id: "item-1", name: "x", updated_at: null },
      });
    });

    test("names each field that is wrong, and no value", async () => {
      const { error } = await check({ id: ["canary"] });
      expect(error).toMatch(/^record 7 is not as expected: id: .*; name: /);
      expect(error).not.toContain("canary");
    });

    test.each([null, "canary", 7, ["canary"]])("refuses %j", async (record) => {
      const { error } = await check(record);
      expect(error).toMatch(/^record 7 is not as expected/);
      expect(error).not.toContain("canary");
    });
  });
});
