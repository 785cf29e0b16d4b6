/** The small catalog of the core's tests, with what the last step asks, and scripted answers. */
import {
  type Block,
  type Catalog,
  type Language,
  findBlock,
  findLanguage,
} from "../../../src/catalog/catalog.js";
import { loadCatalog } from "../../../src/catalog/load.js";
import type { Recipe } from "../../../src/catalog/recipe.js";
import type {
  Answered,
  EnterOptions,
  Frame,
  Item,
  ListOptions,
  PickOptions,
} from "../../../src/extension/quick-input.js";
import type { Surroundings } from "../../../src/extension/session.js";
import type { EditorFacts, NewFiles } from "../../../src/extension/targets.js";
import { fixtureFiles } from "../catalog/fixture.js";

const speed = (order: number) => ({ title: `Speed ${order}`, summary: "how fast", order });

const more = (order: number) => ({ title: `Extra ${order}`, summary: "what", order });

/**
 * Language, Paging ("pages" in JavaScript only), and in the last step Speed ("slow" in JavaScript
 * only, "timed" brings notes along) and More ("loud" in JavaScript only, not at any speed; "notes"
 * has a file of its own there).
 */
export const catalog: Catalog = loadCatalog({
  ...fixtureFiles({
    "speed/group.json": {
      title: "Speed",
      icon: "dashboard",
      order: 4,
      description: "d",
      question: { prompt: "How fast?", placeholder: "Choose", default: "any", step: "last" },
    },
    "speed/any/option.json": {
      ...speed(1),
      snippet: { prefix: "api-speed", description: "any speed" },
    },
    "speed/slow/option.json": speed(2),
    "speed/timed/option.json": { ...speed(3), extras: ["notes"] },
    "more/group.json": {
      title: "More",
      icon: "add",
      order: 5,
      description: "d",
      tickList: { prompt: "What else?", placeholder: "Tick" },
    },
    "more/loud/option.json": {
      ...more(1),
      fields: [{ type: "text", name: "volume", default: "11", description: "how loud" }],
      unless: [{ group: "speed", option: "any", reason: "it needs a speed" }],
    },
    "more/notes/option.json": { ...more(2), files: { javascript: "CLIENT.txt" } },
  }),
  "speed/any/javascript.hbs": "",
  "speed/any/python.hbs": "",
  "speed/slow/javascript.hbs": "",
  "speed/timed/javascript.hbs": "",
  "speed/timed/python.hbs": "",
  "more/loud/javascript.hbs": "",
  "more/notes/javascript.hbs": '{{#*inline "file"}}\nOf {{client}}.\n{{/inline}}\n',
  "more/notes/python.hbs": "",
});

export function block(id: string): Block {
  const found = findBlock(catalog, id);
  if (!found) throw new Error(`The fixture has no ${id}.`);
  return found;
}

export function language(name: string): Language {
  const found = findLanguage(catalog, name);
  if (!found) throw new Error(`The fixture has no ${name}.`);
  return found;
}

/** What a script does at a prompt: picks a row by its label, enters a text, goes back or leaves. */
export type Act =
  | "back"
  | "cancelled"
  | { readonly pick: string }
  | { readonly tick: readonly string[] }
  | { readonly enter: string };

export const pick = (label: string): Act => ({ pick: label });
/** Leaves exactly these rows ticked. */
export const tick = (...labels: readonly string[]): Act => ({ tick: labels });
export const text = (value: string): Act => ({ enter: value });

/** One prompt that was shown: its frame, and its rows with the active one marked. */
export interface Shown {
  readonly frame: Frame;
  readonly rows: readonly Item<unknown>[];
  readonly active: string | undefined;
  readonly stay?: boolean | undefined;
}

/** Answers prompts by a script, and keeps what was shown. */
export class Script implements Surroundings {
  readonly shown: Shown[] = [];
  readonly previews: Recipe[] = [];
  readonly #acts: Act[];

  constructor(
    acts: readonly Act[],
    private readonly facts?: EditorFacts,
  ) {
    this.#acts = [...acts];
  }

  editor = (): EditorFacts | undefined => this.facts;

  preview = (recipe: Recipe): Promise<void> => {
    this.previews.push(recipe);
    return Promise.resolve();
  };

  newFiles = (recipe: Recipe): Promise<NewFiles> => {
    const beside = recipe.blocks.flatMap(({ files }) => files[recipe.language.name] ?? []);
    const file = [recipe.language.fileName, ...beside];
    return Promise.resolve({ file, cursor: beside, clipboard: beside });
  };

  pick = <T>({ frame, items, active, stay }: PickOptions<T>): Promise<Answered<T>> => {
    this.shown.push({ frame, rows: items, active: active?.label, stay });
    const act = this.#next();
    if (typeof act === "string") return Promise.resolve({ kind: act });
    if (!("pick" in act)) throw new Error("The script doesn't pick here.");
    const value = items.find((item) => item.label.includes(act.pick) && !item.disabled)?.value;
    if (value === undefined) throw new Error(`There is no row "${act.pick}" to pick.`);
    return Promise.resolve({ kind: "picked", value });
  };

  tick = <T>({ frame, items, stay }: ListOptions<T>): Promise<Answered<readonly T[]>> => {
    this.shown.push({ frame, rows: items, active: undefined, stay });
    const act = this.#next();
    if (typeof act === "string") return Promise.resolve({ kind: act });
    if (!("tick" in act)) throw new Error("The script doesn't tick here.");
    const ticked = items.filter(({ label, disabled }) => !disabled && act.tick.includes(label));
    return Promise.resolve({ kind: "picked", value: ticked.flatMap(({ value }) => value ?? []) });
  };

  enter = ({ frame, problem }: EnterOptions): Promise<Answered<string>> => {
    this.shown.push({ frame, rows: [], active: undefined });
    const act = this.#next();
    if (typeof act === "string") return Promise.resolve({ kind: act });
    if (!("enter" in act)) throw new Error("The script doesn't enter a text here.");
    const wrong = problem(act.enter);
    if (wrong !== undefined) throw new Error(wrong);
    return Promise.resolve({ kind: "picked", value: act.enter });
  };

  #next(): Act {
    const act = this.#acts.shift();
    if (act === undefined) throw new Error("The script has ended, and there is one more prompt.");
    return act;
  }
}
