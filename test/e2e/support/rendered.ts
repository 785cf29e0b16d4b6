/** What the editor should show, straight from the renderer. */
import { catalog, parts } from "virtual:catalog";
import { findBlock, findLanguage } from "../../../src/catalog/catalog.js";
import { parseRecipe } from "../../../src/catalog/recipe.js";
import { type GeneratedFile, Renderer } from "../../../src/render/renderer.js";

const renderer = new Renderer(catalog, parts);

/** The client of a recipe whose fields have their defaults. */
export function renderedClient(options: Readonly<Record<string, string>>): GeneratedFile {
  const recipe = parseRecipe(catalog, { options, set: {} });
  if (!recipe.ok) throw new Error(recipe.problems.join("\n"));
  return renderer.file(recipe.value);
}

/** @param id `auth/bearer` */
export function renderedBlock(id: string, languageName: string): string {
  const block = findBlock(catalog, id);
  const language = findLanguage(catalog, languageName);
  if (!block || !language) throw new Error(`There is no ${id} for ${languageName}.`);
  return renderer.block(block, language);
}
