/** Generated clients against a server that misbehaves, each scenario with a few of the recipes. */
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { fits } from "./changes.js";
import { Harness } from "./harness.js";
import { Picker, nameOf } from "./recipes.js";
import type { Break, Choices, Scenario } from "./scenario.js";
import { SCENARIOS } from "./scenarios/index.js";

const harness = await Harness.start(fileURLToPath(new URL("drivers", import.meta.url)));
afterAll(() => harness.stop());

const picker = new Picker();
const jobPicker = new Picker();
const picked = SCENARIOS.map((scenario) => ({
  scenario,
  recipes: (scenario.job ? jobPicker : picker).pick(scenario),
}));
const titleOf = ({ behaviour, title }: Scenario) => `${behaviour}: ${title}`;

/** Tries one after the other until one fails, as it should. */
async function survivors(
  scenario: Scenario,
  recipes: readonly Choices[],
  change: Break,
): Promise<readonly Choices[]> {
  for (const [index, choices] of recipes.entries()) {
    try {
      await harness.try(scenario, choices, change);
    } catch {
      return recipes.slice(0, index);
    }
  }
  return recipes;
}

describe.concurrent("a client keeps", () => {
  for (const { scenario, recipes } of picked) {
    describe.concurrent(titleOf(scenario), () => {
      test.each(recipes.map((choices) => [nameOf(choices), choices] as const))(
        "%s",
        // A machine that is busy for a moment is no failure of the client's.
        { retry: 1 },
        async (_name, choices) => {
          await harness.try(scenario, choices);
        },
      );
    });
  }
});

describe.concurrent("a client that is broken on purpose fails", () => {
  for (const { scenario, recipes } of picked) {
    for (const [language, change] of Object.entries(scenario.breaks)) {
      test(`${titleOf(scenario)} (${language})`, async () => {
        const changeable = recipes.filter(
          (choices) => choices.language === language && fits(choices, scenario, change),
        );
        expect(changeable.length, "recipes with the text that is to be changed").toBeGreaterThan(0);
        expect(await survivors(scenario, changeable, change)).not.toEqual(changeable);
      });
    }
  }
});

test("every two options occur together in some scenario", () => {
  expect(picker.unused).toEqual([]);
});

test("every scenario has a client to fail in each language that it applies to", () => {
  const without = picked.filter(({ scenario, recipes }) =>
    recipes.some(({ language }) => scenario.breaks[language] === undefined),
  );
  expect(without.map(({ scenario }) => titleOf(scenario))).toEqual([]);
});
