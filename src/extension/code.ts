/** Code that is ready to go. */
import type { Block, Language } from "../catalog/catalog.js";
import type { Recipe } from "../catalog/recipe.js";
import type { GeneratedFile, Renderer } from "../render/renderer.js";

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

/** `client.mjs` and "Offset / limit" as `Offset-limit.mjs`, for a tab's title. */
export function previewName(title: string, fileName: string): string {
  return title.replace(/\s*[/\\?#]+\s*/g, "-") + extension(fileName);
}

/** The editor's id for a file of the client's language; of others the name says enough. */
export function editorId({ fileName, language }: Pick<GeneratedFile, "fileName" | "language">) {
  return extension(fileName) === extension(language.fileName) ? language.editorId : undefined;
}

export function extension(fileName: string): string {
  return fileName.slice(fileName.lastIndexOf("."));
}
