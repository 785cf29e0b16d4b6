import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Limit,
  refused,
  usedShare,
  worstExcess,
} from "../../../bench/performance/load/excess.js";

/** Some of them so close together that they exceed some of the limits, and some of them not. */
const times = fc.array(fc.integer({ min: 0, max: 3000 }), {
  minLength: 1,
  maxLength: 60,
  size: "max",
});
const limits = fc.record({
  burst: fc.integer({ min: 1, max: 5 }),
  rate: fc.integer({ min: 1, max: 20 }),
});

/** Each window by itself. */
function bruteForce(given: readonly number[], { burst, rate }: Limit): number {
  const excesses = given.flatMap((from) =>
    given
      .filter((until) => until >= from)
      .map((until) => {
        const count = given.filter((time) => time >= from && time <= until).length;
        return count - burst - (rate * (until - from)) / 1000;
      }),
  );
  return Math.max(...excesses);
}

/** What a bucket lets through of callers that never cease. */
function ideal(count: number, { burst, rate }: Limit): readonly number[] {
  return Array.from({ length: count }, (_, at) => (1000 * Math.max(0, at + 1 - burst)) / rate);
}

describe("the worst excess", () => {
  test("is that of the fullest of all windows", () => {
    fc.assert(
      fc.property(times, limits, (given, limit) => {
        expect(worstExcess(given, limit)).toBeCloseTo(bruteForce(given, limit), 5);
      }),
    );
  });

  test.each([
    ["a burst and no more", [0, 0, 0], 0],
    ["one more than the burst", [0, 0, 0, 0], 1],
    ["half a turn too early", [0, 0, 0, 50], 0.5],
    ["in a window that begins late", [0, 1000, 1000, 1000, 1000, 5000], 1],
    ["less than the burst", [0, 1000], -2],
  ])("%s", (_, given, excess) => {
    expect(worstExcess(given, { burst: 3, rate: 10 })).toBeCloseTo(excess);
  });
});

test("callers that never cease use all of the limit, without excess", () => {
  fc.assert(
    fc.property(limits, fc.integer({ min: 6, max: 300 }), (limit, count) => {
      const given = ideal(count, limit);
      expect(usedShare(given, limit)).toBeCloseTo(1, 5);
      expect(worstExcess(given, limit)).toBeCloseTo(0, 5);
    }),
  );
});

test("a bucket refuses what is in excess, and nothing else", () => {
  fc.assert(
    fc.property(times, limits, (given, limit) => {
      expect(refused(given, limit) > 0).toBe(worstExcess(given, limit) > 1e-9);
    }),
  );
  expect(refused([0, 0, 0, 0, 0, 100], { burst: 3, rate: 10 })).toBe(2);
});
