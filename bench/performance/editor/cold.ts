/** The first client after a start, in a process of its own. */
import { catalog, parts } from "virtual:catalog";
import { parseRecipe } from "../../../src/catalog/recipe.js";
import { Renderer } from "../../../src/render/renderer.js";

export function firstClient(): string {
  const recipe = parseRecipe(catalog, { options: {}, set: {} });
  if (!recipe.ok) throw new Error(recipe.problems.join("\n"));
  return new Renderer(catalog, parts).file(recipe.value).text;
}
