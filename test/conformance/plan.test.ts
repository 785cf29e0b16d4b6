/** Which clients are verified in which scenarios. */
import { expect, it } from "vitest";
import { plan } from "./plan.js";
import { Picker, nameOf, pairsOf } from "./recipes.js";
import type { Scenario } from "./scenario.js";
import { SCENARIOS } from "./scenarios/index.js";

const picker = new Picker();
const tasks = plan(false);
const choicesOf = (scenario: Scenario) =>
  tasks.filter((task) => task.scenario === scenario).map(({ choices }) => choices);

it("has every client", () => {
  const names = new Set(tasks.map(({ choices }) => nameOf(choices)));
  expect(picker.every({}).filter((choices) => !names.has(nameOf(choices)))).toEqual([]);
});

it("has every two answers that can occur together in every scenario", () => {
  for (const each of SCENARIOS) {
    const pairs = new Set(choicesOf(each).flatMap(pairsOf));
    const missing = picker
      .every(each)
      .flatMap(pairsOf)
      .filter((pair) => !pairs.has(pair));
    expect(missing, each.title).toEqual([]);
  }
});

it("has few clients in most scenarios, and all in those that ask for it", () => {
  const whole = SCENARIOS.filter(({ withEveryClient }) => withEveryClient);
  expect(whole.length).toBeGreaterThan(0);
  for (const each of whole) expect(choicesOf(each)).toEqual(picker.every(each));
  expect(tasks.length).toBeLessThan(plan(true).length / 20);
});
