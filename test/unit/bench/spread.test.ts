import { expect, test } from "vitest";
import {
  extremes,
  isLevel,
  median,
  quantile,
  quartiles,
  ratios,
  shown,
  slope,
} from "../../../bench/performance/spread.js";

test("quartiles lie between neighbours, in whatever order values come", () => {
  expect(quartiles([4, 1, 3, 2])).toEqual({ low: 1.75, middle: 2.5, high: 3.25 });
  expect(median([9, 1, 5])).toBe(5);
  expect(() => quartiles([])).toThrow("nothing");
});

test("extremes are those of all, beside the median", () => {
  expect(extremes([4, 1, 3, 2, 9])).toEqual({ low: 1, middle: 3, high: 9 });
});

test("what never came is longer than all that did", () => {
  const times = [Infinity, 1, 2, 3, Infinity];
  expect([0.5, 0.75, 0.95].map((share) => quantile(times, share))).toEqual([3, Infinity, Infinity]);
  expect(median([1, 2, Infinity, 3])).toBe(2.5);
});

test("ratios are of the same round: what slows a round down cancels out", () => {
  const plain = [100, 1000, 200];
  const client = [125, 1250, 250];
  expect(ratios(plain, client)).toEqual([0.8, 0.8, 0.8]);
  expect(() => ratios([1, 2], [1])).toThrow("round");
});

test("a slope is told from noise", () => {
  const noise = [3, -3, -2, 2, 1, -1, 2, -2, 0, 0];
  const grown = slope(noise.map((off, page) => [page * 100, page * 100 * 80 + off]));
  expect(grown.rise).toBeCloseTo(80, 1);
  expect(grown.rise).toBeGreaterThan(grown.noise);
  const level = slope(noise.map((off, page) => [page * 100, 5000 + off]));
  expect(Math.abs(level.rise)).toBeLessThan(level.noise);
});

test("what is level is told only where the noise can't hide a rise", () => {
  expect(isLevel({ rise: 2, noise: 3 }, 8)).toBe(true);
  expect(isLevel({ rise: -50, noise: 3 }, 8)).toBe(true);
  expect(isLevel({ rise: 500, noise: 600 }, 8)).toBeUndefined();
  expect(isLevel({ rise: 85, noise: 4 }, 8)).toBe(false);
  expect(isLevel({ rise: 500, noise: 60 }, 8)).toBe(false);
});

test("a spread is shown in the digits that are asked for", () => {
  expect(shown({ low: 1, middle: 12, high: 123 }, String)).toBe("12 (1–123)");
  expect(shown({ low: 0.951, middle: 0.97, high: 0.989 })).toBe("0.97 (0.95–0.99)");
});
