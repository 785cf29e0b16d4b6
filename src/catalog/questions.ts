/** Questions as data: what to ask next, with what to choose from. The doors hold no knowledge. */
import {
  type Answer,
  type Block,
  type Catalog,
  type Field,
  type GroupQuestion,
  type Language,
  extraBlocks,
  findLanguage,
  questionGroups,
} from "./catalog.js";
import { type Answers, impliedExtras, recipeFields, unavailable } from "./recipe.js";

/** One answer to choose. */
export interface Choice {
  readonly answer: Answer;
  /** Why it can't be chosen with the answers so far. */
  readonly unavailable?: string | undefined;
}

export interface Question extends GroupQuestion {
  /** The group, or `language`. */
  readonly name: string;
  readonly title: string;
  readonly choices: readonly Choice[];
}

/** Extras to tick, none or several. */
export interface TickList {
  /** The group. */
  readonly name: string;
  readonly title: string;
  readonly prompt: string;
  readonly placeholder: string;
  readonly choices: readonly (Choice & { readonly ticked: boolean })[];
}

/** All questions in their order, with what the answers so far make of their choices. */
export function questions(catalog: Catalog, answers: Answers): readonly Question[] {
  const language = findLanguage(catalog, answers.options["language"] ?? "");
  const beside = optionsOf(catalog, answers);
  const first: Question = {
    ...catalog.language.question,
    name: "language",
    title: catalog.language.title,
    choices: catalog.languages.map((answer) => ({ answer })),
  };
  const rest = questionGroups(catalog).flatMap(({ name, title, question, blocks }) =>
    question ? [{ ...question, name, title, choices: blocks.map(choice) }] : [],
  );
  return [first, ...rest];

  function choice(block: Block): Choice {
    return { answer: block, unavailable: language && unavailable(block, language, beside) };
  }
}

/** The extras, by group, with what the answers so far make of them. */
export function tickLists(catalog: Catalog, answers: Answers): readonly TickList[] {
  const language = findLanguage(catalog, answers.options["language"] ?? "");
  const ticked = language ? extrasOf(catalog, language, answers) : [];
  const beside = [...optionsOf(catalog, answers), ...ticked];
  return catalog.groups.flatMap(({ name, title, tickList, blocks }) => {
    if (!tickList) return [];
    const choices = blocks.map((answer) => ({
      answer,
      unavailable: language && unavailable(answer, language, beside),
      ticked: ticked.includes(answer),
    }));
    return [{ ...tickList, name, title, choices }];
  });
}

/** The options that are chosen or stand by default; unknown ones are left out. */
function optionsOf(catalog: Catalog, answers: Answers): readonly Block[] {
  return questionGroups(catalog).flatMap((group) => {
    const name = answers.options[group.name] ?? group.question?.default;
    return group.blocks.filter((block) => block.name === name);
  });
}

/** The ticked extras, as far as they can be had. */
function extrasOf(catalog: Catalog, language: Language, answers: Answers): readonly Block[] {
  const options = optionsOf(catalog, answers);
  if (!answers.extras) return impliedExtras(catalog, language, options);
  return extraBlocks(catalog).filter(
    (extra) => answers.extras?.includes(extra.name) && !unavailable(extra, language, options),
  );
}

/** The fields that the answers so far lead to; unknown answers add none. */
export function fieldsOf(catalog: Catalog, answers: Answers): readonly Field[] {
  const language = findLanguage(catalog, answers.options["language"] ?? "");
  if (!language) return [];
  const blocks = [...optionsOf(catalog, answers), ...extrasOf(catalog, language, answers)];
  return recipeFields(language, blocks);
}
