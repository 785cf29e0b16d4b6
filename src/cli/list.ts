/** `api-snippets list`: what there is to generate. */
import { Command } from "commander";
import type { Field } from "../catalog/catalog.js";
import { EXIT } from "./exit-codes.js";
import type { Context } from "./io.js";
import { type ListedLanguage, type ListedOption, type Listing, listing } from "./listing.js";

const HELP = `
Examples:
  api-snippets list
  api-snippets list --json | jq '.groups[].options[].name'

The JSON is { version: 1, languages, groups: [{ name, options }], extras, fields }; keys may be added.`;

/** @param end takes the exit code */
export function listCommand({ catalog, io }: Context, end: (code: number) => void): Command {
  return new Command("list")
    .description("show the groups, their options, the fields and the languages")
    .option("--json", "as JSON")
    .addHelpText("after", HELP)
    .action(async ({ json }: { json?: true }) => {
      const listed = listing(catalog);
      await io.out(json ? `${JSON.stringify(listed, undefined, 2)}\n` : tables(listed));
      end(EXIT.ok);
    });
}

function tables({ languages, groups, extras, fields }: Listing): string {
  const sections = [
    section("Language", "language", languages, fields),
    ...groups.map(({ title, name, options }) => section(title, name, options, fields)),
    section("Extras", "extra", extras, fields),
  ];
  return `${sections.join("\n\n")}\n\n* the default\n`;
}

type Listed = ListedLanguage | ListedOption;

function section(
  title: string,
  name: string,
  answers: readonly Listed[],
  fields: readonly Field[],
): string {
  const rows = answers.map((answer) => [
    `${answer.isDefault ? "*" : " "} ${answer.name}`,
    "languages" in answer ? answer.languages.join(", ") : answer.needs,
    answer.summary + broughtAlong(answer),
  ]);
  const own = fields.flatMap((field) => {
    const having = answers.filter((answer) => answer.fields.includes(field.name));
    if (having.length === 0) return [];
    return [fieldRow(field, having.length < answers.length ? having : [])];
  });
  const fieldTable = own.length > 0 ? `\n  Fields: --set FIELD=VALUE\n${table(own)}` : "";
  return `${title}: --${name} NAME\n${table(rows)}${fieldTable}`;
}

/** What `--extra` and `--no-extras` take the place of. */
function broughtAlong(answer: Listed): string {
  if (!("extras" in answer) || answer.extras.length === 0) return "";
  return ` (with the extras ${answer.extras.join(", ")})`;
}

/** @param only the answers that have the field, where not all do */
function fieldRow(field: Field, only: readonly Listed[]): string[] {
  const of = only.length > 0 ? ` (${only.map(({ name }) => name).join(", ")})` : "";
  const standard = field.default === "" ? '""' : String(field.default);
  return [`    ${field.name}`, standard, range(field), field.description + of];
}

function range(field: Field): string {
  switch (field.type) {
    case "text":
      return field.pattern?.means ?? "text";
    case "choice":
      return field.choices.join(" or ");
    case "number":
      return `${field.min} to ${field.max}`;
  }
}

/** Columns two spaces apart. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows
    .map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  "))
    .map((line) => line.trimEnd())
    .join("\n");
}
