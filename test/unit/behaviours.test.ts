/** The conformance table, and the scenarios that show it. */
import { expect, test } from "vitest";
import { BEHAVIOURS } from "../conformance/behaviours.js";
import { SCENARIOS } from "../conformance/scenarios/index.js";

const shown = new Set(SCENARIOS.map(({ behaviour }) => behaviour));
const names = (isWanted: (number: number, isLater: boolean) => boolean) =>
  BEHAVIOURS.filter(({ number, isLater }) => isWanted(number, isLater)).map(
    ({ number, text }) => `${number}: ${text}`,
  );

test("the table counts from 1 to 85", () => {
  expect(BEHAVIOURS.map(({ number }) => number)).toEqual(
    Array.from({ length: 85 }, (_, i) => i + 1),
  );
});

test("every scenario shows a behaviour of the table", () => {
  const known = new Set(BEHAVIOURS.map(({ number }) => number));
  expect([...shown].filter((number) => !known.has(number))).toEqual([]);
});

test("every behaviour that is claimed has a scenario", () => {
  expect(names((number, isLater) => !isLater && !shown.has(number))).toEqual([]);
});

test("no behaviour that has a scenario is marked as later", () => {
  expect(names((number, isLater) => isLater && shown.has(number))).toEqual([]);
});
