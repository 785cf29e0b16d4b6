/** The wizard's answers so far, and what follows from them. Knows no editor and no option. */
import {
  type Block,
  type Catalog,
  type Field,
  type Language,
  allBlocks,
} from "../catalog/catalog.js";
import {
  type Question,
  type TickList,
  fieldsOf,
  questions,
  tickLists,
} from "../catalog/questions.js";
import { type Answers, type FieldValue, type Recipe, parseRecipe } from "../catalog/recipe.js";
import { answersWith } from "./showcase.js";

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
    const options = language ? { language: language.name } : {};
    this.#answers = { ...remembered, options: { ...remembered.options, ...options } };
    if (block) this.#preset(block);
  }

  /** Questions that take a step each, then those that share the last step. */
  questions(step: Question["step"]): readonly Question[] {
    return questions(this.catalog, this.#answers).filter((question) => question.step === step);
  }

  current(question: Question): string | undefined {
    return currentName(question, this.#answers);
  }

  choose(question: Question, name: string): void {
    if (name !== this.current(question)) this.#change(question.name, name);
  }

  /** Extras to tick; those that are in the recipe are ticked. */
  tickLists(): readonly TickList[] {
    return tickLists(this.catalog, { ...this.#answers, options: this.#options() });
  }

  /** Ticks these and no others of a list; what can't be had now keeps its tick for later. */
  tick({ choices }: TickList, names: readonly string[]): void {
    const offered = choices.filter((choice) => choice.unavailable === undefined);
    const isSame = offered.every(({ answer, ticked }) => ticked === names.includes(answer.name));
    if (isSame) return;
    const others = this.#wanted().filter(
      (name) => !offered.some(({ answer }) => answer.name === name),
    );
    this.#answers = { ...this.#answers, extras: [...others, ...names] };
  }

  /** All fields set so far, those of options that are not chosen now included: Back remembers. */
  get answers(): Answers {
    return this.#answers;
  }

  get language(): Language {
    return this.recipe().language;
  }

  get fields(): readonly Field[] {
    return fieldsOf(this.catalog, this.#inRecipe());
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
    const parsed = parseRecipe(this.catalog, { ...this.#inRecipe(), set });
    if (!parsed.ok) throw new Error(parsed.problems.join("\n"));
    return parsed.value;
  }

  /** One option for every question, and the extras, as the pickers show them. */
  #inRecipe(): Answers {
    const extras = this.tickLists().flatMap(({ choices }) =>
      choices.flatMap(({ answer, ticked, unavailable }) =>
        ticked && unavailable === undefined ? [answer.name] : [],
      ),
    );
    return { options: this.#options(), set: {}, extras };
  }

  #options(): Answers["options"] {
    const current = questions(this.catalog, this.#answers).flatMap((question) => {
      const name = this.current(question);
      return name === undefined ? [] : [[question.name, name] as const];
    });
    return Object.fromEntries(current);
  }

  /** The extras that were ticked, else those that the options bring along; had now or not. */
  #wanted(): readonly string[] {
    const options = this.#options();
    const chosen = allBlocks(this.catalog).filter(({ group, name }) => options[group] === name);
    return this.#answers.extras ?? chosen.flatMap((block) => block.extras);
  }

  /** Where options of a group bring extras along, another option puts the extras back. */
  #change(groupName: string, name: string): void {
    const group = this.catalog.groups.find((candidate) => candidate.name === groupName);
    const bringsExtras = group?.blocks.some((block) => block.extras.length > 0) ?? false;
    this.#answers = {
      ...this.#answers,
      options: { ...this.#answers.options, [groupName]: name },
      extras: bringsExtras ? undefined : this.#answers.extras,
    };
  }

  /** Chooses an option; ticks an extra, and chooses another option where one rules it out. */
  #preset(block: Block): void {
    const before = this.#options();
    const { options, extras } = answersWith(this.catalog, before, block);
    for (const [group, name] of Object.entries(options)) {
      if (before[group] !== name) this.#change(group, name);
    }
    if (extras) this.#answers = { ...this.#answers, extras: [...this.#wanted(), ...extras] };
  }
}
