import { expect, test } from "vitest";
import type { Survived } from "../../../bench/performance/faults.js";
import { recoveryOf } from "../../../bench/performance/load/recovery.js";

const kind = { name: "x", language: "javascript", isGenerated: true, file: "x.mjs" } as const;

/** Two callers; one request a second, three in the outage's seconds, four right after it. */
const SURVIVED: Survived = {
  kind,
  shape: { name: "2 clients", clients: 2, callers: 1 },
  startAt: 0,
  outage: { from: 5000, until: 7000 },
  endAt: 20_000,
  log: [
    ...[0, 1000, 2000, 3000, 4000].map((at) => [at, 0, 200] as const),
    ...[5000, 5100, 5200, 6000, 6100, 6200].map((at) => [at, 0, 503] as const),
    ...[7000, 7100, 7200, 7300].map((at) => [at, 1, 200] as const),
  ],
  operations: [
    [0, 4000, 4100, true],
    [1, 5000, 6200, false],
    [0, 6900, 7500, false],
    [0, 7600, 8000, true],
    [0, 8000, 8100, true],
  ],
};

test("compares with what is usual, and waits for the first success of each caller", () => {
  expect(recoveryOf(SURVIVED, 1000)).toEqual({
    during: 3,
    peak: 4,
    sentPerSuccess: 5,
    failed: 0.4,
    times: [1, Infinity],
  });
});
