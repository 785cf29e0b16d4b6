/** The conformance table, and the scenarios that show it. */
import { expect, test } from "vitest";
import { BEHAVIOURS } from "../conformance/behaviours.js";
import { SCENARIOS } from "../conformance/scenarios/index.js";

const shown = new Set(SCENARIOS.map(({ behaviour }) => behaviour));
test("the table counts from 1 to 85", () => {
  expect(BEHAVIOURS.map(({ number }) => number)).toEqual(
    Array.from({ length: 85 }, (_, i) => i + 1),
  );
});

test("every scenario shows a behaviour of the table", () => {
  const known = new Set(BEHAVIOURS.map(({ number }) => number));
  expect([...shown].filter((number) => !known.has(number))).toEqual([]);
});

test("every behaviour has a scenario", () => {
  expect(BEHAVIOURS.filter(({ number }) => !shown.has(number))).toEqual([]);
});
