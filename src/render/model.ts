/** What templates may name: everything that a recipe or a block says, as data. */
import type {
  Block,
  EnvironmentVariable,
  Environments,
  Field,
  Import,
  Language,
} from "../catalog/catalog.js";
import type { FieldValue } from "../catalog/recipe.js";
import { type Setting, type Syntax, constantName, foldComment } from "./literals.js";

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
  /** What these files import the client by, as a literal. */
  readonly module: string;
  /** The runtime and the packages. */
  readonly needs: string;
  /** As the header lists them: API_TOKEN_* where each environment has one. */
  readonly environment: readonly EnvironmentLine[];
  /** By the names that are set, those that must be, and the rest. */
  readonly required: readonly EnvironmentLine[];
  readonly optional: readonly EnvironmentLine[];
  /** By the names that the client reads in its configuration, those that must be there. */
  readonly checked: readonly EnvironmentLine[];
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
  answers: readonly {
    readonly environment: readonly EnvironmentVariable[];
    readonly environments?: Environments | undefined;
  }[],
): Pick<RenderModel, "environment" | "required" | "optional" | "checked"> {
  const chooser = answers.find(({ environments }) => environments);
  const own = chooser?.environment ?? [];
  const read = answers
    .flatMap(({ environment }) => environment)
    .filter((variable) => !own.includes(variable));
  const { listed, set } = chooser?.environments
    ? ofEach(chooser.environments, read)
    : { listed: read, set: read };
  const mustBe = ({ optional }: EnvironmentVariable) => !optional;
  return {
    environment: lines([...own, ...listed]),
    required: lines([...own, ...set].filter(mustBe)),
    optional: lines([...own, ...set].filter((variable) => !mustBe(variable))),
    checked: lines(read.filter(mustBe)),
  };
}

/** Each environment's own variables, in short and one by one; the default environment's first. */
function ofEach({ choices, inCode }: Environments, read: readonly EnvironmentVariable[]) {
  const variables = read.filter(({ name }) => !inCode.includes(name));
  return {
    listed: variables.map((variable) => ({ ...variable, name: `${variable.name}_*` })),
    set: choices.flatMap(({ name, label }, index) =>
      variables.map((variable) => ({
        ...variable,
        name: `${variable.name}_${name.toUpperCase()}`,
        description: `${label}: ${variable.description}`,
        optional: variable.optional || index > 0,
      })),
    ),
  };
}

function lines(variables: readonly EnvironmentVariable[]): readonly EnvironmentLine[] {
  const width = Math.max(0, ...variables.map(({ name }) => name.length));
  return variables.map(({ name, description, kind }) => ({
    name,
    paddedName: name.padEnd(width),
    description,
    pattern: kind.toUpperCase(),
    rule: RULES[kind],
    kindTitle: kind.charAt(0).toUpperCase() + kind.slice(1),
  }));
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

/** "bearer token, cursor pagination", for the header. */
export function titleText(blocks: readonly Block[], syntax: Syntax): string {
  const phrases = blocks.flatMap((block) => block.phrase ?? []);
  return foldComment(phrases.join(", "), ["API client: ", "."], syntax);
}

/** "Python 3.9 or newer and the packages pydantic, redis and requests", for the header. */
export function needsText(
  { needs, syntax }: Pick<Language, "needs" | "syntax">,
  packages: readonly string[],
): string {
  const before = packages.slice(0, -1).join(", ");
  const names = `the ${before ? `packages ${before} and` : "package"} ${packages.at(-1)}`;
  const text = `${needs} and ${packages.length === 0 ? "no packages" : names}`;
  return foldComment(text, ["Needs ", ", and in the environment:"], syntax);
}

export function importTable(
  language: Language,
  blocks: readonly { readonly imports: Readonly<Record<string, readonly Import[]>> }[],
): readonly Import[] {
  return [...language.imports, ...blocks.flatMap((block) => block.imports[language.name] ?? [])];
}
