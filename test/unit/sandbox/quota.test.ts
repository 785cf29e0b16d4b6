import { expect, test } from "vitest";
import { DIALECTS, limitHeaders } from "../../../src/sandbox/limit-headers.js";
import { Quota } from "../../../src/sandbox/quota.js";
import { firstPage, sandboxForFile } from "./support.js";

const sandbox = await sandboxForFile();

test("admits so many requests in each window, which begins with its first", () => {
  const quota = new Quota({ requests: 2, seconds: 3, headers: ["ratelimit"] });
  const admitted = (now: number) => quota.admit(now) === undefined;
  expect([5000, 5000, 7999, 8000, 9000, 10_999, 11_000].map(admitted)).toEqual([
    true,
    true,
    false,
    true,
    true,
    false,
    true,
  ]);
});

test.each([
  ["ratelimit", { "RateLimit-Policy": '"sandbox";q=9;w=60', RateLimit: '"sandbox";r=4;t=3' }],
  [
    "ratelimit-fields",
    { "RateLimit-Limit": "9", "RateLimit-Remaining": "4", "RateLimit-Reset": "3" },
  ],
  [
    "x-ratelimit",
    { "X-RateLimit-Limit": "9", "X-RateLimit-Remaining": "4", "X-RateLimit-Reset": "3" },
  ],
] as const)("tells the state of a limit as %s", (dialect, headers) => {
  const standing = { limit: 9, windowSeconds: 60, remaining: 4, resetMs: 2100 };
  expect(limitHeaders(standing, [dialect])).toEqual(headers);
});

test.each([
  ["x-ratelimit-epoch", 1000],
  ["x-ratelimit-epoch-ms", 1],
] as const)("tells the reset as a time: %s", (dialect, unitMs) => {
  const standing = { limit: 9, windowSeconds: 60, remaining: 4, resetMs: 2100 };
  const before = Date.now();
  const reset = Number(limitHeaders(standing, [dialect])["X-RateLimit-Reset"]) * unitMs;
  expect(reset).toBeGreaterThanOrEqual(before + 2100);
  expect(reset).toBeLessThan(Date.now() + 2100 + unitMs + 1);
});

test("counts down for real", async () => {
  const session = sandbox.session({ quota: { requests: 2, seconds: 60, headers: [...DIALECTS] } });
  const answers = [await firstPage(session), await firstPage(session), await firstPage(session)];
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
  const told = (name: string) => answers.map(({ headers }) => headers.get(name));
  expect(told("RateLimit-Remaining")).toEqual(["1", "0", "0"]);
  expect(told("RateLimit")).toEqual([1, 0, 0].map((left) => `"sandbox";r=${left};t=60`));
  expect(answers[2]?.headers.get("Retry-After")).toBe("60");
  session.reset();
  expect((await firstPage(session)).status).toBe(200);
});
