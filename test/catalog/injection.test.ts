/** Whatever text a user sets, the code stays the same but for that one literal, which means it. */
import fc from "fast-check";
import { format } from "prettier";
import { describe, expect, test } from "vitest";
import { catalog } from "virtual:catalog";
import { allBlocks } from "../../src/catalog/catalog.js";
import type { Recipe } from "../../src/catalog/recipe.js";
import { constantName } from "../../src/render/literals.js";
import { javascriptConstants, pythonConstants } from "./support/constants.js";
import { ruffFormat } from "./support/ruff.js";
import { renderer } from "./support/samples.js";
import { EXAMPLES, anyText, recipesWithTexts, textFields, withTexts } from "./support/texts.js";

/** The values of a recipe's text fields, by the constants that stand for them. */
function expected(recipe: Recipe): Record<string, unknown> {
  return Object.fromEntries(
    textFields(recipe).map(({ name }) => [constantName(name), recipe.values[name]]),
  );
}

/** The recipe that the header tells. */
function headerTexts(text: string): unknown {
  const line = /^(?:\/\/|#) api-snippets: (.*)$/m.exec(text)?.[1] ?? "";
  return (JSON.parse(line) as { set?: unknown }).set ?? {};
}

function changedTexts(recipe: Recipe): unknown {
  const changed = textFields(recipe).filter((field) => recipe.values[field.name] !== field.default);
  return Object.fromEntries(changed.map(({ name }) => [name, recipe.values[name]]));
}

const texts = fc.array(anyText, { minLength: 6, maxLength: 6 });
const examples = EXAMPLES.map((text) => [text]);

test("the recipes have every free text field", () => {
  const tried = recipesWithTexts("javascript").flatMap((recipe) => textFields(recipe));
  const all = allBlocks(catalog).flatMap((block) => block.fields);
  const free = all.filter((field) => field.type === "text" && field.pattern === undefined);
  expect(new Set(tried.map(({ name }) => name))).toEqual(new Set(free.map(({ name }) => name)));
});

describe("JavaScript", () => {
  const recipes = recipesWithTexts("javascript");
  const check = async (recipe: Recipe) => {
    const { text } = renderer.file(recipe);
    expect(javascriptConstants(text)).toMatchObject(expected(recipe));
    expect(headerTexts(text)).toEqual(changedTexts(recipe));
    expect(await format(text, { parser: "babel", printWidth: 100 })).toBe(text);
  };

  test.each(examples)("%j", async (text) => {
    const [recipe] = recipes;
    if (recipe) await check(withTexts(recipe, [text]));
  });

  test("any text in any field", async () => {
    const property = fc.asyncProperty(fc.constantFrom(...recipes), texts, (recipe, values) =>
      check(withTexts(recipe, values)),
    );
    await fc.assert(property, { numRuns: 100 });
  });
});

describe("Python", () => {
  const recipes = recipesWithTexts("python");

  test("any text in any field", async () => {
    const random = fc.sample(fc.tuple(fc.constantFrom(...recipes), texts), 100);
    const tried = [
      ...examples.flatMap((text) => recipes.slice(0, 1).map((recipe) => [recipe, text] as const)),
      ...random,
    ].map(([recipe, values]) => withTexts(recipe, values));
    const files = tried.map((recipe) => renderer.file(recipe).text);
    const found = await pythonConstants(files);
    for (const [index, recipe] of tried.entries()) {
      const text = files[index] ?? "";
      expect(found[index]).toMatchObject(expected(recipe));
      expect(headerTexts(text)).toEqual(changedTexts(recipe));
      expect(ruffFormat(text)).toBe(text);
    }
  });
});
