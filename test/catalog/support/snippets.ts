/** The committed snippets, as a user gets them. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Text } from "./findings.js";
import { expandSnippet } from "./text-mate.js";

export interface Snippet extends Text {
  /** The text that stands where the user accepts every default. */
  readonly text: string;
  readonly title: string;
  readonly prefix: string;
  readonly description: string;
  readonly body: readonly string[];
}

/** The columns that an editor fills for each level of indentation. */
const INDENT = { javascript: 2, python: 4 };
export type SnippetLanguage = keyof typeof INDENT;

export function snippetsOf(language: SnippetLanguage): readonly Snippet[] {
  const file = new URL(`../../../snippets/${language}.code-snippets`, import.meta.url);
  const entries = JSON.parse(readFileSync(fileURLToPath(file), "utf8")) as Record<string, Snippet>;
  return Object.entries(entries).map(([title, { prefix, description, body }]) => {
    const text = expandSnippet(body, INDENT[language]);
    return { name: prefix, title, prefix, description, body, text };
  });
}

/** A snippet's text, with some of its settings changed by their constants. */
export function snippetText(
  language: SnippetLanguage,
  prefix: string,
  settings: Readonly<Record<string, string | number>> = {},
): string {
  const snippet = snippetsOf(language).find((candidate) => candidate.prefix === prefix);
  if (!snippet) throw new Error(`There is no snippet ${prefix}.`);
  return Object.entries(settings).reduce((text, [name, value]) => {
    const setting = new RegExp(`^((?:const )?${name} = )[^;\\s]+`, "m");
    if (!setting.test(text)) throw new Error(`The snippet ${prefix} has no setting ${name}.`);
    return text.replace(setting, `$1${JSON.stringify(value)}`);
  }, snippet.text);
}
