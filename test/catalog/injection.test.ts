/** Whatever text a user sets, the code stays the same but for that one literal, which means it. */
import fc from "fast-check";
import { format } from "prettier";
import { expect, test } from "vitest";
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
function headerTexts(text: string): object {
  const line = /^(?:\/\/|#) api-snippets: (.*)$/m.exec(text)?.[1] ?? "";
  return (JSON.parse(line) as { set?: object }).set ?? {};
}

function changedTexts(recipe: Recipe): object {
  const changed = textFields(recipe).filter((field) => recipe.values[field.name] !== field.default);
  return Object.fromEntries(changed.map(({ name }) => [name, recipe.values[name]]));
}

const COUNT = 6;
const texts = fc.array(anyText, { minLength: COUNT, maxLength: COUNT });

/** The known troublemakers, as many at a time as a recipe has fields. */
const troublemakers = Array.from({ length: Math.ceil(EXAMPLES.length / COUNT) }, (_, index) =>
  EXAMPLES.slice(index * COUNT, (index + 1) * COUNT),
);

test("the recipes have every free text field", () => {
  const tried = recipesWithTexts("javascript").flatMap((recipe) => textFields(recipe));
  const all = allBlocks(catalog).flatMap((block) => block.fields);
  const free = all.filter((field) => field.type === "text" && field.pattern === undefined);
  expect(new Set(tried.map(({ name }) => name))).toEqual(new Set(free.map(({ name }) => name)));
});

test("in JavaScript", async () => {
  const recipes = recipesWithTexts("javascript");
  const check = async (recipe: Recipe, values: readonly string[]) => {
    const changed = withTexts(recipe, values);
    const { text } = renderer.file(changed);
    expect(javascriptConstants(text)).toMatchObject(expected(changed));
    expect(headerTexts(text)).toMatchObject(changedTexts(changed));
    expect(await format(text, { parser: "babel", printWidth: 100 })).toBe(text);
  };
  const property = fc.asyncProperty(fc.constantFrom(...recipes), texts, check);
  const examples = troublemakers.map((some): [Recipe, string[]] => [widest(recipes), [...some]]);
  await fc.assert(property, { numRuns: 40, examples });
});

test("in Python", async () => {
  const recipes = recipesWithTexts("python");
  const random = fc.sample(fc.tuple(fc.constantFrom(...recipes), texts), 60);
  const tried = [
    ...troublemakers.map((some) => withTexts(widest(recipes), some)),
    ...random.map(([recipe, values]) => withTexts(recipe, values)),
  ];
  const files = tried.map((recipe) => renderer.file(recipe).text);
  const found = await pythonConstants(files);
  for (const [index, recipe] of tried.entries()) {
    const text = files[index] ?? "";
    expect(found[index]).toMatchObject(expected(recipe));
    expect(headerTexts(text)).toMatchObject(changedTexts(recipe));
    expect(ruffFormat(text)).toBe(text);
  }
});

/** The recipe with most text fields; those beyond them would go untried. */
function widest(recipes: readonly Recipe[]): Recipe {
  const [most] = [...recipes].sort((a, b) => textFields(b).length - textFields(a).length);
  if (!most || textFields(most).length < COUNT) throw new Error(`Wants ${COUNT} text fields.`);
  return most;
}
