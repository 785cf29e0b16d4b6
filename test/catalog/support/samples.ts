/** Every client that the catalog can make: each combination of options, and of choices in fields. */
import { catalog, parts } from "virtual:catalog";
import { type Block, type Language, questionGroups } from "../../../src/catalog/catalog.js";
import { type Answers, type Recipe, parseRecipe } from "../../../src/catalog/recipe.js";
import { Renderer } from "../../../src/render/renderer.js";
import type { Text } from "./findings.js";

export const renderer = new Renderer(catalog, parts);

interface Named {
  /** `oauth2-client-credentials cursor exponential none client_secret_post`. */
  readonly name: string;
  readonly recipe: Recipe;
}
export type Sample = Named & Text;

export function languageOf(name: string): Language {
  const language = catalog.languages.find((candidate) => candidate.name === name);
  if (!language) throw new Error(`There is no language ${name}.`);
  return language;
}

/** The plain clients: questions with a default that goes without saying stay at it. */
export function recipesOf(language: Language): readonly Named[] {
  const asked = questionGroups(catalog).filter(({ question }) => !question?.implied);
  return product(asked.map((group) => group.blocks)).flatMap((blocks) =>
    product(blocks.flatMap(choicesOf)).map((choices) => named(language, blocks, choices)),
  );
}

export function samplesOf(language: Language): readonly Sample[] {
  return recipesOf(language).map((one) => ({ ...one, text: renderer.file(one.recipe).text }));
}

/** Refuses what the command line would refuse. */
export function recipeOf(answers: Answers): Recipe {
  const recipe = parseRecipe(catalog, answers);
  if (!recipe.ok) throw new Error(recipe.problems.join("\n"));
  return recipe.value;
}

type Choice = readonly [field: string, value: string];

function choicesOf(block: Block): readonly (readonly Choice[])[] {
  return block.fields.flatMap((field) =>
    field.type === "choice" ? [field.choices.map((value) => [field.name, value] as const)] : [],
  );
}

function named(language: Language, blocks: readonly Block[], choices: readonly Choice[]): Named {
  const options = Object.fromEntries(blocks.map((block) => [block.group, block.name]));
  const set = Object.fromEntries(choices);
  const recipe = recipeOf({ options: { ...options, language: language.name }, set });
  const words = [...blocks.map((block) => block.name), ...choices.map(([, value]) => value)];
  return { name: words.join(" "), recipe };
}

/** Every way to take one of each list. */
function product<T>(lists: readonly (readonly T[])[]): readonly (readonly T[])[] {
  return lists.reduce<readonly (readonly T[])[]>(
    (taken, list) => taken.flatMap((some) => list.map((one) => [...some, one])),
    [[]],
  );
}
