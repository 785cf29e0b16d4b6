/** Code that is ready to go. */
import type { Block, Language } from "../catalog/catalog.js";
import type { Recipe } from "../catalog/recipe.js";
import type { GeneratedFile, Renderer } from "../render/renderer.js";
import { previewName } from "./preview.js";

/** A file as a whole text and as an editor snippet, and what belongs to it. */
export interface Code extends GeneratedFile {
  readonly snippet: string;
  /** The files beside it, where it has this name. */
  readonly beside: (fileName: string) => readonly GeneratedFile[];
}

export function clientCode(renderer: Renderer, recipe: Recipe): Code {
  return {
    ...renderer.file(recipe),
    snippet: renderer.fileSnippet(recipe),
    beside: (fileName) => renderer.filesBeside(recipe, fileName),
  };
}

export function blockCode(renderer: Renderer, block: Block, language: Language): Code {
  return {
    fileName: previewName(block.title, language.fileName),
    language,
    text: renderer.block(block, language),
    snippet: renderer.blockSnippet(block, language),
    beside: () => [],
  };
}
