/** What templates may name: everything that a recipe or a block says, as data. */
import type { EnvironmentVariable, Field, Import, Language } from "../catalog/catalog.js";
import type { FieldValue } from "../catalog/recipe.js";
import { type Setting, constantName } from "./literals.js";

/** One `{{#each environment}}` entry. */
export interface EnvironmentLine {
  readonly name: string;
  /** The name, padded to the width of the longest. */
  readonly paddedName: string;
  readonly description: string;
  /** What its check is called after: `Url` in isUrl, `URL` as a pattern. */
  readonly kindTitle: string;
  readonly pattern: string;
  /** What the value must be, in words. */
  readonly rule: string;
}

const RULES = {
  url: "an https URL",
  endpoint: "an https URL",
  text: "set and printable",
  name: "set and printable, without a colon",
  token: "set, in visible ASCII without spaces",
  redis: "a redis:// or rediss:// URL",
} as const satisfies Record<EnvironmentVariable["kind"], string>;

export interface RenderModel {
  /** "bearer token, cursor pagination, exponential backoff". */
  readonly title: string;
  readonly recipe: string;
  /** The client's file name without its extension, for the files beside it. */
  readonly client: string;
  /** The runtime and the packages. */
  readonly needs: string;
  readonly environment: readonly EnvironmentLine[];
  /** The part of `environment` that must be set, and the rest. */
  readonly required: readonly EnvironmentLine[];
  readonly optional: readonly EnvironmentLine[];
  readonly assumptions: readonly string[];
  readonly settings: readonly Setting[];
  readonly imports: string;
  readonly body: string;
  /** A flag for each value of each `choice` field, e.g. `clientSecretBasic`. */
  readonly is: Readonly<Record<string, boolean>>;
  /** A flag for each shared part that any block needs: whether one of these blocks does. */
  readonly with: Readonly<Record<string, boolean>>;
}

/** `client_secret_basic` as `clientSecretBasic`. */
export function flagName(choice: string): string {
  return choice.replace(/[_-]([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

export function choiceFlags(
  fields: readonly Field[],
  values: Readonly<Record<string, FieldValue>>,
): Record<string, boolean> {
  const flags: Record<string, boolean> = {};
  for (const field of fields) {
    if (field.type !== "choice") continue;
    for (const choice of field.choices) {
      flags[flagName(choice)] = (values[field.name] ?? field.default) === choice;
    }
  }
  return flags;
}

export function environmentLines(
  variables: readonly EnvironmentVariable[],
): Pick<RenderModel, "environment" | "required" | "optional"> {
  const width = Math.max(0, ...variables.map((variable) => variable.name.length));
  const line = ({ name, description, kind }: EnvironmentVariable): EnvironmentLine => ({
    name,
    paddedName: name.padEnd(width),
    description,
    pattern: kind.toUpperCase(),
    rule: RULES[kind],
    kindTitle: kind.charAt(0).toUpperCase() + kind.slice(1),
  });
  return {
    environment: variables.map(line),
    required: variables.filter(({ optional }) => !optional).map(line),
    optional: variables.filter(({ optional }) => optional).map(line),
  };
}

/** The fields whose constant stands in the code, as settings at its top. */
export function usedSettings(
  body: string,
  fields: readonly Field[],
  values: Readonly<Record<string, FieldValue>>,
): readonly Setting[] {
  const words = new Set(body.match(/\b[A-Z][A-Z0-9_]*/g) ?? []);
  return fields
    .filter((field) => field.type !== "choice" && words.has(constantName(field.name)))
    .map(({ name, description, default: value }) => ({
      field: name,
      value: values[name] ?? value,
      description,
    }));
}

/** "Python 3.9 or newer and the packages redis and requests". */
export function needsText(runtime: string, packages: readonly string[]): string {
  if (packages.length === 0) return `${runtime} and no packages`;
  return `${runtime} and the package${packages.length > 1 ? "s" : ""} ${packages.join(" and ")}`;
}

export function importTable(
  language: Language,
  blocks: readonly { readonly imports: Readonly<Record<string, readonly Import[]>> }[],
): readonly Import[] {
  return [...language.imports, ...blocks.flatMap((block) => block.imports[language.name] ?? [])];
}
