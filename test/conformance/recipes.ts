/** Which clients a scenario is tried with: every one, or few that cover what matters to it. */
import { catalog } from "virtual:catalog";
import { type Answers, type Recipe, parseRecipe } from "../../src/catalog/recipe.js";
import type { Language } from "../../src/catalog/catalog.js";
import {
  type Sample,
  jobSamplesOf,
  recipeOf,
  recipesOf,
  samplesOf,
} from "../catalog/support/samples.js";
import type { Axis, Choices, Fields, Job, Scenario } from "./scenario.js";

/** What all clients are: the plain ones, then jobs with the files beside them. */
export function allTexts(): readonly string[] {
  const textsOf = ({ text, beside = [] }: Sample) => [text, ...beside.map((file) => file.text)];
  const ofEach = (samples: (language: Language) => readonly Sample[]) =>
    catalog.languages.flatMap((language) => samples(language).flatMap(textsOf));
  return [...ofEach(samplesOf), ...ofEach(jobSamplesOf)];
}

/** All combinations of options, and of choices in their fields, by question. */
export function allChoices(): readonly Choices[] {
  const recipes = catalog.languages.flatMap((language) => recipesOf(language));
  return recipes.map(({ chosen }) => chosen as unknown as Choices);
}

/** All of them as one job, where that can be had. */
function allJobs(plain: readonly Choices[], { useCase, extras }: Job): readonly Choices[] {
  return plain.flatMap((choices) => {
    const asked = { ...choices, "use-case": useCase ?? "export" };
    const recipe = parseRecipe(catalog, { ...answersOf(asked), extras });
    if (!recipe.ok) return [];
    const found = recipe.value.blocks.filter(({ group }) => group === "extra");
    return [{ ...asked, extra: found.map(({ name }) => name) }];
  });
}

function answersOf({ clientAuthentication, extra, ...options }: Choices): Answers {
  const set = clientAuthentication === undefined ? {} : { clientAuthentication };
  return { options, set, extras: extra };
}

/** The recipe with those of the values that it has fields for. */
export function recipeWith(choices: Choices, values: Fields): Recipe {
  const answers = answersOf(choices);
  const fields = new Set(recipeOf(answers).fields.map(({ name }) => name));
  const known = Object.entries(values).filter(([name]) => fields.has(name));
  return recipeOf({ ...answers, set: { ...answers.set, ...Object.fromEntries(known) } });
}

/** `javascript bearer cursor exponential none`. */
export function nameOf(choices: Choices): string {
  return optionsOf(choices)
    .map(([, option]) => option)
    .join(" ");
}

/** Each question or field with its answer; extras are several of one. */
export function optionsOf(choices: Choices): readonly (readonly [group: string, option: string])[] {
  return Object.entries(choices).flatMap(([group, answer]: [string, string | readonly string[]]) =>
    [answer].flat().map((option) => [group, option] as const),
  );
}

/** Of each client once: they are asked for a million times. */
const pairs = new WeakMap<Choices, readonly string[]>();

/** Every two options that occur together, as texts. */
export function pairsOf(choices: Choices): readonly string[] {
  const known = pairs.get(choices);
  if (known) return known;
  const options = optionsOf(choices).map(([group, option]) => `${group}=${option}`);
  const found = options.flatMap((one, at) => options.slice(at + 1).map((two) => `${one} ${two}`));
  pairs.set(choices, found);
  return found;
}

/** Picks recipes one scenario after the other, so that rarely used pairs of options come first. */
export class Picker {
  readonly #all = allChoices();
  readonly #jobs = new Map<string, readonly Choices[]>();
  readonly #uses = new Map<string, number>();

  /** Pairs that occur in no scenario so far. */
  get unused(): readonly string[] {
    const pairs = new Set(this.#all.flatMap(pairsOf));
    return [...pairs].filter((pair) => !this.#uses.has(pair));
  }

  every({ applies, job }: Pick<Scenario, "applies" | "job">): readonly Choices[] {
    const all = job ? this.#allJobs(job) : this.#all;
    return all.filter((choices) => applies?.(choices) ?? true);
  }

  #allJobs(job: Job): readonly Choices[] {
    const key = JSON.stringify(job);
    const jobs = this.#jobs.get(key) ?? allJobs(this.#all, job);
    this.#jobs.set(key, jobs);
    return jobs;
  }

  /** Recipes with each option of the scenario's axes in each language. */
  pick(scenario: Scenario): readonly Choices[] {
    const candidates = this.every(scenario);
    const left = new Set(candidates.flatMap((choices) => goals(choices, scenario.axes)));
    const picked: Choices[] = [];
    while (left.size > 0) {
      const ranked = candidates.map((choices) => ({ choices, rank: this.#rank(choices) }));
      const gain = (choices: Choices) =>
        goals(choices, scenario.axes).filter((goal) => left.has(goal)).length;
      const best = ranked.reduce((one, two) => {
        const more = gain(two.choices) - gain(one.choices);
        return more > 0 || (more === 0 && two.rank > one.rank) ? two : one;
      });
      picked.push(best.choices);
      for (const goal of goals(best.choices, scenario.axes)) left.delete(goal);
      for (const pair of pairsOf(best.choices)) {
        this.#uses.set(pair, (this.#uses.get(pair) ?? 0) + 1);
      }
    }
    return picked;
  }

  /** The fewer uses its pairs have had, the higher. */
  #rank(choices: Choices): number {
    return pairsOf(choices).reduce((sum, pair) => sum + 1 / (1 + (this.#uses.get(pair) ?? 0)), 0);
  }
}

/** What a recipe does for a scenario: an option of each axis, in a language. */
function goals(choices: Choices, axes: readonly Axis[]): readonly string[] {
  const options = axes.map((axis) => `${choices.language} ${axis}=${choices[axis] ?? ""}`);
  return [choices.language, ...options];
}
