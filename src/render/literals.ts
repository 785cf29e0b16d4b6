/**
 * The one way for a value into generated code. Whatever a text holds, its literal is one token on
 * one line that means that text: nothing in it can end the literal, the line or a comment.
 */
import type { FieldValue } from "../catalog/recipe.js";

export type Syntax = "javascript" | "python";

/** A value at the top of generated code, to be edited there. */
export interface Setting {
  readonly field: string;
  readonly value: FieldValue;
  readonly description: string;
}

/** Widest line that both formatters are set to. */
export const LINE_WIDTH = 100;

/**
 * Characters that stay as they are: what prints and takes one column. Controls, separators, format
 * characters (bidirectional marks included), surrogates and private use are escaped, and so is all
 * that a formatter may count as wider or narrower than one column.
 */
const PLAIN =
  /^[\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff\u0370-\u0373\u0386-\u03ff\u0400-\u0482\u048a-\u052f]$/u;

function escapeCharacter(character: string, syntax: Syntax): string {
  if (PLAIN.test(character)) return character;
  const code = character.codePointAt(0) ?? 0;
  const hex = (width: number) => code.toString(16).padStart(width, "0");
  if (code < 0x100) return `\\x${hex(2)}`;
  if (code < 0x10000) return `\\u${hex(4)}`;
  return syntax === "python" ? `\\U${hex(8)}` : `\\u{${hex(1)}}`;
}

const SHORT: Readonly<Record<string, string>> = {
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\\": "\\\\",
};

/** A quoted literal, with the quotes that prettier and ruff choose: those that need fewer escapes. */
export function stringLiteral(text: string, syntax: Syntax): string {
  const quote = text.split('"').length > text.split("'").length ? "'" : '"';
  const body = Array.from(text, (character) =>
    character === quote ? `\\${quote}` : (SHORT[character] ?? escapeCharacter(character, syntax)),
  ).join("");
  return quote + body + quote;
}

export function literal(value: FieldValue, syntax: Syntax): string {
  return typeof value === "number" ? String(value) : stringLiteral(value, syntax);
}

/** `maxAttempts` as `MAX_ATTEMPTS`. */
export function constantName(field: string): string {
  return field.replace(/[A-Z]/g, "_$&").toUpperCase();
}

/**
 * `const NAME = value;` or `NAME = value`, broken where the formatter would break it. What it means
 * stands behind it, or above it where the line would be too wide.
 * @param mark wraps the literal, where the editor shall put a tab stop
 */
export function constant(
  { field, value, description }: Setting,
  syntax: Syntax,
  mark = (text: string) => text,
): string {
  const [start, end, comment] =
    syntax === "javascript" ? ["const ", ";", " // "] : ["", "", "  # "];
  const name = start + constantName(field);
  const text = literal(value, syntax);
  const line = `${name} = ${text}${end}`;
  if ((line + comment + description).length <= LINE_WIDTH) {
    return `${name} = ${mark(text)}${end}${comment}${description}`;
  }
  const above = `${comment.trimStart()}${description}\n`;
  if (line.length <= LINE_WIDTH) return `${above}${name} = ${mark(text)}${end}`;
  if (syntax === "javascript") return `${above}${name} =\n  ${mark(text)};`;
  const canFit = text.length + 4 <= LINE_WIDTH;
  return above + (canFit ? `${name} = (\n    ${mark(text)}\n)` : `${name} = ${mark(text)}`);
}

/** JSON in ASCII, safe after `//` or `#` in one line. */
export function commentJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/**
 * The text of a line comment, gone on with in further ones where it would be too wide.
 * @param around what stands before it in the first line, and after it in the last
 */
export function foldComment(
  text: string,
  around: readonly [string, string],
  syntax: Syntax,
): string {
  const mark = syntax === "javascript" ? "// " : "# ";
  const [before, after] = around;
  const words = text.split(" ");
  const folded = [""];
  for (const [index, word] of words.entries()) {
    const line = folded.at(-1) ?? "";
    const longer = line === "" ? word : `${line} ${word}`;
    const first = folded.length === 1 ? before.length : 0;
    const last = index === words.length - 1 ? after.length : 0;
    if (mark.length + first + longer.length + last <= LINE_WIDTH) folded.splice(-1, 1, longer);
    else folded.push(word);
  }
  return folded.join(`\n${mark}`);
}
