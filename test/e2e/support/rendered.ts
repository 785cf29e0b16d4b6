/** What the editor should show, straight from the renderer. */
import { catalog, parts } from "virtual:catalog";
import { findBlock, findLanguage } from "../../../src/catalog/catalog.js";
import { type Recipe, parseRecipe } from "../../../src/catalog/recipe.js";
import { type GeneratedFile, Renderer } from "../../../src/render/renderer.js";

const renderer = new Renderer(catalog, parts);

type Options = Readonly<Record<string, string>>;

/** The client of a recipe whose fields have their defaults. */
export function renderedClient(options: Options, extras?: readonly string[]): GeneratedFile {
  return renderer.file(recipeOf(options, extras));
}

/** The files beside a client of this name. */
export function renderedBeside(
  options: Options,
  extras: readonly string[],
  clientName: string,
): readonly GeneratedFile[] {
  return renderer.filesBeside(recipeOf(options, extras), clientName);
}

function recipeOf(options: Options, extras?: readonly string[]): Recipe {
  const recipe = parseRecipe(catalog, { options, set: {}, extras });
  if (!recipe.ok) throw new Error(recipe.problems.join("\n"));
  return recipe.value;
}

/** @param id `auth/bearer` */
export function renderedBlock(id: string, languageName: string): string {
  const block = findBlock(catalog, id);
  const language = findLanguage(catalog, languageName);
  if (!block || !language) throw new Error(`There is no ${id} for ${languageName}.`);
  return renderer.block(block, language);
}
