import { expect, test } from "vitest";
import { Throttle } from "../../../src/sandbox/throttle.js";
import { firstPage, sandboxForFile } from "./support.js";

const sandbox = await sandboxForFile();

test("admits the burst at once and then the rate", () => {
  const throttle = new Throttle({ rate: 2, burst: 3 }, 0);
  const admitted = (now: number) => throttle.admit(now) === undefined;
  expect([0, 0, 0, 0, 499, 500, 501].map(admitted)).toEqual([
    true,
    true,
    true,
    false,
    false,
    true,
    false,
  ]);
  expect([60_000, 60_000, 60_000, 60_000].map(admitted)).toEqual([true, true, true, false]);
});

test("answers 429 with Retry-After and says how much is left", async () => {
  const session = sandbox.session({ throttle: { rate: 0.5, burst: 1 } });
  const first = await firstPage(session);
  expect(first.status).toBe(200);
  expect(first.headers.get("RateLimit-Policy")).toBe('"sandbox";q=1;w=2');
  const second = await firstPage(session);
  expect(second.status).toBe(429);
  expect(second.headers.get("Retry-After")).toBe("2");
  expect(second.headers.get("RateLimit")).toBe('"sandbox";r=0;t=2');
  expect(second.headers.get("X-RateLimit-Remaining")).toBe("0");
});
