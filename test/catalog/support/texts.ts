/** Values that a user might set, by mistake or by malice. */
import fc from "fast-check";
import type { Field } from "../../../src/catalog/catalog.js";
import type { Recipe } from "../../../src/catalog/recipe.js";
import { constantName } from "../../../src/render/literals.js";
import { jobSamplesOf, languageOf, recipeOf } from "./samples.js";

/** What means something to a language, a formatter, a template or an editor. */
const PIECES = [
  '"',
  "'",
  "`",
  "\\",
  "\n",
  "\r",
  "\t",
  "\0",
  "${x}",
  "{{title}}",
  "{{> main}}",
  "${1:x}",
  "*/",
  "/*",
  "//",
  "#",
  '"""',
  "'''",
  "</script>",
  "# coding: utf-7",
  "\\u0041",
  "\\x",
  "{x}",
  "%s",
  "\u200f",
  "\u202e",
  "\u2066",
  "\u2028",
  "\u2029",
  "\u0085",
  "\u00a0",
  "\u00ad",
  "\ufeff",
  "\ufffe",
  "\ud800",
  "\udc00",
  "😀",
  "é",
  "e\u0301",
  "漢字",
  "я",
  "\ue000",
  "\ue001",
  "0",
  "a",
  " ",
];

const anyUnit = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code));
const piece = fc.oneof(
  { arbitrary: fc.constantFrom(...PIECES), weight: 4 },
  { arbitrary: anyUnit, weight: 1 },
);
/** Widths around the one where a formatter breaks the line, and far beyond it. */
const filler = fc.oneof(fc.constant(0), fc.integer({ min: 60, max: 100 }), fc.constantFrom(5_000));

export const anyText: fc.Arbitrary<string> = fc
  .tuple(fc.array(piece, { maxLength: 12 }), filler)
  .map(([pieces, width]) => pieces.join("") + "x".repeat(width));

/** Every piece alone, and all of them together. */
export const EXAMPLES: readonly string[] = [...PIECES, PIECES.join(""), "", "x".repeat(100_000)];

/** Few recipes, of jobs too, that together have every text field that takes any text. */
export function recipesWithTexts(language: string): readonly Recipe[] {
  const picked: Recipe[] = [];
  const seen = new Set<string>();
  for (const { recipe, text } of jobSamplesOf(languageOf(language))) {
    const names = textFields(recipe).map(({ name }) => name);
    // A field may be of no use with another answer, and then stands nowhere.
    if (!names.every((name) => text.includes(constantName(name)))) continue;
    if (names.every((name) => seen.has(name))) continue;
    picked.push(recipe);
    for (const name of names) seen.add(name);
  }
  return picked;
}

export function textFields(recipe: Recipe): readonly Field[] {
  return recipe.fields.filter((field) => field.type === "text" && field.pattern === undefined);
}

/** The recipe with all of its free texts set. */
export function withTexts(recipe: Recipe, texts: readonly string[]): Recipe {
  const set = textFields(recipe).map(
    (field, index) => [field.name, texts[index % texts.length] ?? ""] as const,
  );
  const { answers } = recipe;
  return recipeOf({ ...answers, set: { ...answers.set, ...Object.fromEntries(set) } });
}
