/** What a run of all showed, counted: by behaviour, by option, and in all. */
import { BEHAVIOURS } from "./behaviours.js";
import { nameOf, optionsOf } from "./recipes.js";
import type { Choices } from "./scenario.js";
import type { Result } from "./verify.js";

type LanguageName = Choices["language"];
export const LANGUAGES: readonly LanguageName[] = ["javascript", "python"];

/** A run is one client in one scenario. */
export interface Count {
  readonly clients: number;
  readonly runs: number;
  readonly failed: number;
  /** Behaviours that it was run for, and that no run failed. */
  readonly behaviours: number;
}
export type ByLanguage = Readonly<Partial<Record<LanguageName, Count>>>;

/** What `docs/verified.json` holds. */
export interface Counts {
  readonly date: string;
  /** A hash of the clients that it is about. */
  readonly clients: string;
  readonly versions: Readonly<Record<string, string>>;
  /** Every client was run in every scenario that applies to it. */
  readonly isExhaustive: boolean;
  readonly total: Count;
  /** By number. */
  readonly behaviours: Readonly<Record<string, ByLanguage>>;
  /** By `GROUP/OPTION`. */
  readonly options: Readonly<Record<string, ByLanguage>>;
}

export function count(results: readonly Result[]): Count {
  const failed = results.filter(({ failure }) => failure !== undefined);
  const numbers = (some: readonly Result[]) =>
    new Set(some.map(({ scenario }) => scenario.behaviour));
  const broken = numbers(failed);
  return {
    clients: new Set(results.map(({ choices }) => nameOf(choices))).size,
    runs: results.length,
    failed: failed.length,
    behaviours: [...numbers(results)].filter((number) => !broken.has(number)).length,
  };
}

export function countAll(
  results: readonly Result[],
  about: Pick<Counts, "date" | "clients" | "versions" | "isExhaustive">,
): Counts {
  const ofBehaviours = BEHAVIOURS.flatMap(({ number }) => {
    const some = results.filter(({ scenario }) => scenario.behaviour === number);
    return some.length > 0 ? [[number, byLanguage(some)] as const] : [];
  });
  const ofOptions = [...byOption(results)].map(([id, some]) => [id, byLanguage(some)] as const);
  return {
    ...about,
    total: count(results),
    behaviours: Object.fromEntries(ofBehaviours),
    options: Object.fromEntries(ofOptions.sort(([one], [two]) => (one < two ? -1 : 1))),
  };
}

/** By `GROUP/OPTION`, and by `FIELD/CHOICE` where the field changes the client's form. */
export function byOption(results: readonly Result[]): ReadonlyMap<string, readonly Result[]> {
  const found = new Map<string, Result[]>();
  for (const result of results) {
    for (const [group, option] of optionsOf(result.choices)) {
      if (group === "language") continue;
      const id = `${group}/${option}`;
      const those = found.get(id);
      if (those) those.push(result);
      else found.set(id, [result]);
    }
  }
  return found;
}

function byLanguage(results: readonly Result[]): ByLanguage {
  const counts = LANGUAGES.flatMap((language) => {
    const some = results.filter(({ choices }) => choices.language === language);
    return some.length > 0 ? [[language, count(some)] as const] : [];
  });
  return Object.fromEntries(counts);
}
