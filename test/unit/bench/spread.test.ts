import { expect, test } from "vitest";
import { median, ratios, shown, slope, spread } from "../../../bench/performance/spread.js";

test("quartiles lie between neighbours, in whatever order values come", () => {
  expect(spread([4, 1, 3, 2])).toEqual({ low: 1.75, middle: 2.5, high: 3.25 });
  expect(median([9, 1, 5])).toBe(5);
  expect(() => spread([])).toThrow("nothing");
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

test("a spread is shown with its quartiles", () => {
  expect(shown({ low: 0.951, middle: 0.97, high: 0.989 })).toBe("0.97 (0.95–0.99)");
});
