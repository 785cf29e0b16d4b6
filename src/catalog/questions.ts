/** Questions as data: what to ask next, with what to choose from. The doors hold no knowledge. */
import {
  type Answer,
  type Catalog,
  type Field,
  type GroupQuestion,
  findLanguage,
  questionGroups,
} from "./catalog.js";
import { type Answers, recipeFields, unavailable } from "./recipe.js";

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

/** All questions in their order, with what the answers so far make of their choices. */
export function questions(catalog: Catalog, answers: Answers): readonly Question[] {
  const language = findLanguage(catalog, answers.options["language"] ?? "");
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

  function choice(block: (typeof catalog.groups)[number]["blocks"][number]): Choice {
    return { answer: block, unavailable: language && unavailable(block, language) };
  }
}

/** The fields that the answers so far lead to; unknown answers add none. */
export function fieldsOf(catalog: Catalog, answers: Answers): readonly Field[] {
  const language = findLanguage(catalog, answers.options["language"] ?? "");
  const blocks = questionGroups(catalog).flatMap((group) => {
    const name = answers.options[group.name] ?? group.question?.default;
    return group.blocks.filter((block) => block.name === name);
  });
  return language ? recipeFields(language, blocks) : [];
}
