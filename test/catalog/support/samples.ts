/**
 * Every plain client that the catalog can make: each combination of options, and of choices in
 * fields. Of jobs, which there are too many of, those that have every two answers together.
 */
import { catalog, parts } from "virtual:catalog";
import {
  type Block,
  type Language,
  extraBlocks,
  questionGroups,
} from "../../../src/catalog/catalog.js";
import {
  type Answers,
  type Recipe,
  parseRecipe,
  unavailable,
} from "../../../src/catalog/recipe.js";
import { Renderer } from "../../../src/render/renderer.js";
import { type Value, coveringRows } from "./covering.js";
import type { Text } from "./findings.js";

export const renderer = new Renderer(catalog, parts);

interface Named {
  /** `oauth2-client-credentials cursor exponential none client_secret_post`. */
  readonly name: string;
  readonly recipe: Recipe;
  /** The answers by question, and the choices by field. */
  readonly chosen: Readonly<Record<string, string>>;
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
  return recipesOf(language).map(rendered);
}

/** With use cases and extras, and the files beside each client. */
export function jobSamplesOf(language: Language): readonly Sample[] {
  const isThere = (block: Block) => !unavailable(block, language);
  const none: Part = { atoms: [], blocks: [], choices: [] };
  const factors = [
    ...questionGroups(catalog).map(({ blocks }) => blocks.filter(isThere).flatMap(partsOf)),
    ...extraBlocks(catalog)
      .filter(isThere)
      .map((extra) => [{ ...none, atoms: [`!${extra.id}`] }, ...partsOf(extra)]),
  ];
  const agree = (one: Part, two: Part) => {
    const together = [...one.blocks, ...two.blocks];
    return together.every((block) => !unavailable(block, language, together));
  };
  return coveringRows(factors, agree).map((row) => {
    const blocks = row.flatMap((part) => part.blocks);
    const choices = row.flatMap((part) => part.choices);
    const sample = rendered(named(language, blocks, choices));
    return { ...sample, beside: renderer.filesBeside(sample.recipe, language.fileName) };
  });
}

/** Refuses what the command line would refuse. */
export function recipeOf(answers: Answers): Recipe {
  const recipe = parseRecipe(catalog, answers);
  if (!recipe.ok) throw new Error(recipe.problems.join("\n"));
  return recipe.value;
}

type Choice = readonly [field: string, value: string];

/** A block, or none, with choices in its fields. */
interface Part extends Value {
  readonly blocks: readonly Block[];
  readonly choices: readonly Choice[];
}

/** A block with each combination of its choices. */
function partsOf(block: Block): readonly Part[] {
  return product(choicesOf(block)).map((choices) => ({
    atoms: [block.id, ...choices.map((choice) => choice.join("="))],
    blocks: [block],
    choices,
  }));
}

function choicesOf(block: Block): readonly (readonly Choice[])[] {
  return block.fields.flatMap((field) =>
    field.type === "choice" ? [field.choices.map((value) => [field.name, value] as const)] : [],
  );
}

function named(language: Language, blocks: readonly Block[], choices: readonly Choice[]): Named {
  const asked = new Set(questionGroups(catalog).map(({ name }) => name));
  const options = blocks.filter(({ group }) => asked.has(group));
  const extras = blocks.filter((block) => !options.includes(block)).map(({ name }) => name);
  const chosen = {
    language: language.name,
    ...Object.fromEntries(options.map((block) => [block.group, block.name])),
  };
  const set = Object.fromEntries(choices);
  const recipe = recipeOf({ options: chosen, set, extras });
  const words = [...blocks.map((block) => block.name), ...choices.map(([, value]) => value)];
  return { name: words.join(" "), recipe, chosen: { ...chosen, ...set } };
}

function rendered(one: Named): Sample {
  return { ...one, text: renderer.file(one.recipe).text };
}

/** Every way to take one of each list. */
function product<T>(lists: readonly (readonly T[])[]): readonly (readonly T[])[] {
  return lists.reduce<readonly (readonly T[])[]>(
    (taken, list) => taken.flatMap((some) => list.map((one) => [...some, one])),
    [[]],
  );
}
