/** From raw answers, as a door collects them, to a recipe that is known to fit the catalog. */
import leven from "leven";
import * as z from "zod/mini";
import {
  type Answer,
  type Block,
  type Catalog,
  type Exclusion,
  type Field,
  type Group,
  type Language,
  extraBlocks,
  findLanguage,
  questionGroups,
} from "./catalog.js";

export type FieldValue = string | number;

/**
 * Raw answers: an option's name by group (`language` included), a text or number by field, and the
 * names of the extras; without these, those that the options bring along.
 */
export const answersSchema = z.object({
  options: z.record(z.string(), z.string()),
  set: z.record(z.string(), z.union([z.string(), z.number()])),
  extras: z.optional(z.array(z.string())),
});
export interface Answers {
  readonly options: Readonly<Record<string, string>>;
  readonly set: Readonly<Record<string, FieldValue>>;
  readonly extras?: readonly string[] | undefined;
}

/** Validated answers: one block per group that asks, then extras, and a value for each field. */
export interface Recipe {
  readonly language: Language;
  readonly blocks: readonly Block[];
  readonly fields: readonly Field[];
  readonly values: Readonly<Record<string, FieldValue>>;
  /** The answers that make this recipe again, without what goes without saying. */
  readonly answers: Answers;
}

export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly string[] };

/** ` Did you mean "x"?`, or the list where nothing is near. */
export function suggestion(given: string, known: readonly string[]): string {
  const nearest = [...known].sort((a, b) => leven(given, a) - leven(given, b))[0];
  if (nearest === undefined) return "";
  const near = leven(given.toLowerCase(), nearest.toLowerCase()) <= Math.max(2, nearest.length / 3);
  return near ? ` Did you mean "${nearest}"?` : ` Use one of: ${known.join(", ")}.`;
}

/** Checks one value of a field. The problem is a predicate: "must be …". */
export function parseField(field: Field, given: FieldValue): Outcome<FieldValue> {
  const fail = (problem: string): Outcome<FieldValue> => ({
    ok: false,
    problems: [`${field.name} ${problem}`],
  });
  switch (field.type) {
    case "text": {
      const text = String(given);
      if (field.pattern && !new RegExp(field.pattern.regex, "u").test(text)) {
        return fail(`must be ${field.pattern.means}`);
      }
      return { ok: true, value: text };
    }
    case "choice":
      if (field.choices.includes(String(given))) return { ok: true, value: String(given) };
      return fail(`must be one of ${field.choices.join(", ")}`);
    case "number": {
      const value = String(given).trim() === "" ? NaN : Number(given);
      const kind = field.integer ? "a whole number" : "a number";
      const fits = field.integer ? Number.isSafeInteger(value) : Number.isFinite(value);
      if (!fits || value < field.min || value > field.max) {
        return fail(`must be ${kind} from ${field.min} to ${field.max}`);
      }
      return { ok: true, value };
    }
  }
}

/** Why a block can't be had in a language and beside other blocks, or undefined if it can. */
export function unavailable(
  block: Block,
  language: Language,
  beside: readonly Block[] = [],
): string | undefined {
  if (!block.languages.includes(language.name)) return `not available for ${language.title} yet`;
  const isThere = ({ group, option }: Exclusion) =>
    beside.some((other) => other.group === group && other.name === option);
  return block.unless.find(isThere)?.reason;
}

/** The extras that come with these blocks where nothing else is said. */
export function impliedExtras(
  catalog: Catalog,
  language: Language,
  blocks: readonly Block[],
): readonly Block[] {
  const names = blocks.flatMap((block) => block.extras);
  return extraBlocks(catalog).filter(
    (extra) => names.includes(extra.name) && !unavailable(extra, language, blocks),
  );
}

/** The fields that a choice of blocks has, in the order in which they are asked. */
export function recipeFields(language: Language, blocks: readonly Block[]): readonly Field[] {
  const ofBlocks = blocks.flatMap((block: Answer) => block.fields);
  return [...ofBlocks, ...language.fields];
}

/** Checks raw answers against the catalog; where a group has no answer its default stands. */
export function parseRecipe(catalog: Catalog, answers: Answers): Outcome<Recipe> {
  const groups = questionGroups(catalog);
  const problems: string[] = [];
  const asked = ["language", ...groups.map((group) => group.name)];
  for (const name of Object.keys(answers.options)) {
    if (!asked.includes(name)) {
      problems.push(`There is no question "${name}".${suggestion(name, asked)}`);
    }
  }
  const languageName = answers.options["language"] ?? catalog.language.question.default;
  const language = findLanguage(catalog, languageName);
  if (!language) {
    const names = catalog.languages.map((candidate) => candidate.name);
    problems.push(`There is no language "${languageName}".${suggestion(languageName, names)}`);
  }
  const options = groups.flatMap((group) => {
    const name = answers.options[group.name] ?? group.question?.default ?? "";
    const block = group.blocks.find((candidate) => candidate.name === name);
    if (block) return [block];
    const names = group.blocks.map((candidate) => candidate.name);
    problems.push(`There is no ${group.name} option "${name}".${suggestion(name, names)}`);
    return [];
  });
  const known = extraBlocks(catalog).map((extra) => extra.name);
  const strangers = (answers.extras ?? []).filter((name) => !known.includes(name));
  problems.push(
    ...strangers.map((name) => `There is no extra "${name}".${suggestion(name, known)}`),
  );
  if (!language) return { ok: false, problems };
  const extras = answers.extras
    ? extraBlocks(catalog).filter(({ name }) => answers.extras?.includes(name))
    : impliedExtras(catalog, language, options);
  const blocks = [...options, ...extras];
  for (const block of blocks) {
    const reason = unavailable(block, language, blocks);
    if (reason) problems.push(`${block.title} can't be had: ${reason}.`);
  }
  const fields = recipeFields(language, blocks);
  const isComplete = options.length === groups.length && strangers.length === 0;
  const values = parseValues(fields, answers.set, isComplete, problems);
  if (problems.length > 0) return { ok: false, problems };
  const normal = {
    ...normalAnswers(groups, language, options, extras),
    set: changed(fields, values),
  };
  return { ok: true, value: { language, blocks, fields, values, answers: normal } };
}

/** @param isComplete false where fields of an unknown option may be missing */
function parseValues(
  fields: readonly Field[],
  set: Readonly<Record<string, FieldValue>>,
  isComplete: boolean,
  problems: string[],
): Record<string, FieldValue> {
  const names = fields.map((field) => field.name);
  for (const name of Object.keys(set)) {
    if (isComplete && !names.includes(name)) {
      problems.push(`This recipe has no field "${name}".${suggestion(name, names)}`);
    }
  }
  const values: Record<string, FieldValue> = {};
  for (const field of fields) {
    const given = Object.hasOwn(set, field.name) ? set[field.name] : undefined;
    const parsed = parseField(field, given ?? field.default);
    if (parsed.ok) values[field.name] = parsed.value;
    else problems.push(...parsed.problems);
  }
  return values;
}

/** Without options that go without saying, and without extras where none are nor would be. */
function normalAnswers(
  groups: readonly Group[],
  language: Language,
  options: readonly Block[],
  extras: readonly Block[],
): Pick<Answers, "options" | "extras"> {
  const told = options.filter(({ group, name }) => {
    const { question } = groups.find((candidate) => candidate.name === group) ?? {};
    return !question?.implied || name !== question.default;
  });
  const isSilent = [...extras, ...options.flatMap((option) => option.extras)].length === 0;
  return {
    options: {
      language: language.name,
      ...Object.fromEntries(told.map((block) => [block.group, block.name])),
    },
    ...(isSilent ? {} : { extras: extras.map(({ name }) => name) }),
  };
}

/** The values that differ from their field's default. */
function changed(fields: readonly Field[], values: Recipe["values"]): Answers["set"] {
  return Object.fromEntries(
    fields.flatMap(({ name, default: standard }) => {
      const value = values[name] ?? standard;
      return value === standard ? [] : [[name, value] as const];
    }),
  );
}
