/** The wizard's answers so far, and what follows from them. Knows no editor and no option. */
import type { Block, Catalog, Field, Language } from "../catalog/catalog.js";
import { type Question, fieldsOf, questions } from "../catalog/questions.js";
import { type Answers, type FieldValue, type Recipe, parseRecipe } from "../catalog/recipe.js";

/** What a start of the wizard already knows. */
export interface Preset {
  readonly language?: Language | undefined;
  readonly block?: Block | undefined;
}

/** The name that a question stands at: what was answered, else the default, else what can be had. */
export function currentName(question: Question, answers: Answers): string | undefined {
  const free = question.choices.filter((choice) => choice.unavailable === undefined);
  const wanted = [answers.options[question.name], question.default];
  const name = wanted.find((candidate) => free.some(({ answer }) => answer.name === candidate));
  return name ?? free[0]?.answer.name;
}

/** The wizard's answers, changed step by step; every question always has one. */
export class WizardState {
  #answers: Answers;

  constructor(
    private readonly catalog: Catalog,
    remembered: Answers,
    { language, block }: Preset,
  ) {
    this.#answers = {
      options: {
        ...remembered.options,
        ...(language ? { language: language.name } : {}),
        ...(block ? { [block.group]: block.name } : {}),
      },
      set: remembered.set,
    };
  }

  /** Questions that take a step each, then those that share the last step. */
  questions(step: Question["step"]): readonly Question[] {
    return questions(this.catalog, this.#answers).filter((question) => question.step === step);
  }

  current(question: Question): string | undefined {
    return currentName(question, this.#answers);
  }

  choose(question: Question, name: string): void {
    this.#answers = {
      ...this.#answers,
      options: { ...this.#answers.options, [question.name]: name },
    };
  }

  /** All fields set so far, those of options that are not chosen now included: Back remembers. */
  get answers(): Answers {
    return this.#answers;
  }

  get language(): Language {
    return this.recipe().language;
  }

  get fields(): readonly Field[] {
    return fieldsOf(this.catalog, this.#options());
  }

  get changedFields(): readonly Field[] {
    return this.fields.filter((field) => this.value(field) !== field.default);
  }

  value(field: Field): FieldValue {
    return this.#answers.set[field.name] ?? field.default;
  }

  set(field: Field, value: FieldValue): void {
    this.#answers = { ...this.#answers, set: { ...this.#answers.set, [field.name]: value } };
  }

  /** Puts the fields of this recipe back to their defaults. */
  reset(): void {
    const names = this.fields.map((field) => field.name);
    const kept = Object.entries(this.#answers.set).filter(([name]) => !names.includes(name));
    this.#answers = { ...this.#answers, set: Object.fromEntries(kept) };
  }

  /** @throws when an answer doesn't fit, which the questions rule out */
  recipe(): Recipe {
    const set = Object.fromEntries(this.fields.map((field) => [field.name, this.value(field)]));
    const parsed = parseRecipe(this.catalog, { ...this.#options(), set });
    if (!parsed.ok) throw new Error(parsed.problems.join("\n"));
    return parsed.value;
  }

  /** One answer for every question, as the pickers show them. */
  #options(): Answers {
    const current = questions(this.catalog, this.#answers).flatMap((question) => {
      const name = this.current(question);
      return name === undefined ? [] : [[question.name, name] as const];
    });
    return { options: Object.fromEntries(current), set: {} };
  }
}
