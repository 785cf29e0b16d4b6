/** Runs what is planned, several at once, with progress. */
import { availableParallelism } from "node:os";
import { catalog } from "virtual:catalog";
import { readArguments } from "../../scripts/arguments.mjs";
import { BEHAVIOURS } from "./behaviours.js";
import { Harness } from "./harness.js";
import { Progress } from "./progress.js";
import { type Task, plan, titleOf } from "./plan.js";
import { nameOf } from "./recipes.js";
import type { Scenario } from "./scenario.js";
import { Store, hashOf } from "./store.js";

/** Most of a run is waiting. */
const AT_ONCE_PER_CORE = 4;

export interface Result extends Task {
  /** Why it failed; undefined where it passed. */
  readonly failure?: string;
}

/** What is known before it starts. */
export interface Setting {
  /** The folder of the drivers. */
  readonly drivers: string;
  /** The folder of what passed before. */
  readonly store: string;
  /** A hash of all that a scenario does. */
  readonly fingerprint: (scenario: Scenario) => string;
}

/** What the command line asks for. */
export interface Asked {
  /** To run clients, to tell whether the documents are of these, to write the report anew. */
  readonly action: "run" | "check" | "report";
  readonly language: string | undefined;
  readonly behaviour: string | undefined;
  readonly isExhaustive: boolean;
  readonly shard: { readonly index: number; readonly count: number };
  readonly atOnce: number;
}

export interface Verified {
  readonly results: readonly Result[];
  /** Nothing was left out, by choice or by Ctrl-C. */
  readonly isWhole: boolean;
  readonly isInterrupted: boolean;
}

/** Or the line that says what is wrong with it. */
export function askedBy(args: string[]): Asked | string {
  const given = readArguments({
    args,
    options: {
      language: { type: "string" },
      behaviour: { type: "string" },
      exhaustive: { type: "boolean", default: false },
      shard: { type: "string", default: "1/1" },
      "at-once": { type: "string", default: String(AT_ONCE_PER_CORE * availableParallelism()) },
      check: { type: "boolean", default: false },
      report: { type: "boolean", default: false },
    },
  });
  if (typeof given === "string") return given;
  const { values } = given;
  const { language, behaviour, shard, exhaustive: isExhaustive, check, report } = values;
  const languages = catalog.languages.map(({ name }) => name);
  if (language !== undefined && !languages.includes(language)) {
    return `There is no language ${language}. Languages: ${languages.join(", ")}.`;
  }
  if (behaviour !== undefined && !BEHAVIOURS.some(({ number }) => String(number) === behaviour)) {
    return `There is no behaviour ${behaviour}. Behaviours: 1 to ${BEHAVIOURS.length}.`;
  }
  const [, index = 0, count = 0] = /^(\d+)\/(\d+)$/.exec(shard)?.map(Number) ?? [];
  if (index < 1 || index > count) return `--shard is like 2/3, not ${shard}.`;
  const atOnce = Number(values["at-once"]);
  if (!Number.isInteger(atOnce) || atOnce < 1) return "--at-once is a whole number from 1 on.";
  const action = check ? "check" : report ? "report" : "run";
  return { action, language, behaviour, isExhaustive, shard: { index, count }, atOnce };
}

export async function verify(asked: Asked, setting: Setting): Promise<Verified> {
  const { language, behaviour, shard } = asked;
  const all = plan(asked.isExhaustive);
  const tasks = all.filter(
    ({ scenario, choices }) =>
      (behaviour === undefined || String(scenario.behaviour) === behaviour) &&
      (language === undefined || choices.language === language),
  );
  const harness = await Harness.start(setting.drivers);
  const run = new Run(shardOf(tasks, shard), harness, setting);
  const stop = () => {
    run.interrupt();
  };
  process.once("SIGINT", stop).once("SIGTERM", stop);
  const results = await run.all(asked.atOnce);
  await harness.stop();
  process.removeListener("SIGINT", stop).removeListener("SIGTERM", stop);
  const { isInterrupted } = run;
  return { results, isInterrupted, isWhole: results.length === all.length && !isInterrupted };
}

/** Mixes what computes with what waits, the same way each time. */
function shardOf(tasks: readonly Task[], { index, count }: Asked["shard"]): readonly Task[] {
  const placed = tasks.map((task) => ({ task, at: hashOf(titleOf(task)) }));
  placed.sort((one, two) => (one.at < two.at ? -1 : 1));
  return placed.filter((_, place) => place % count === index - 1).map(({ task }) => task);
}

class Run {
  readonly #tasks: readonly Task[];
  readonly #harness: Harness;
  readonly #setting: Setting;
  readonly #store: Store;
  readonly #progress: Progress;
  isInterrupted = false;

  constructor(tasks: readonly Task[], harness: Harness, setting: Setting) {
    this.#tasks = tasks;
    this.#harness = harness;
    this.#setting = setting;
    this.#store = new Store(setting.store);
    this.#progress = new Progress(tasks.length);
  }

  /** Those under way end as well, and don't count. */
  interrupt(): void {
    this.isInterrupted = true;
  }

  /** What fails among others is tried once more alone: a busy machine is no failure. */
  async all(atOnce: number): Promise<readonly Result[]> {
    const results: Result[] = [];
    const suspects: Task[] = [];
    const tasks = this.#tasks.values();
    const work = async () => {
      for (const task of tasks) {
        const result = await this.#one(task);
        if (this.isInterrupted) return;
        if (result.failure === undefined) results.push(result);
        else suspects.push(task);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, work));
    for (const task of suspects) {
      if (this.isInterrupted) break;
      const result = await this.#one(task);
      results.push(result);
      if (result.failure !== undefined) {
        this.#progress.ran(false);
        this.#progress.say(`FAILED ${titleOf(task)}\n${result.failure}`);
      }
    }
    this.#progress.stop();
    return results;
  }

  async #one(task: Task): Promise<Result> {
    const prepared = this.#harness.prepare(task.scenario, task.choices);
    const text = this.#harness.lastingText(prepared);
    const key = hashOf(this.#setting.fingerprint(task.scenario), nameOf(task.choices), text);
    if (this.#store.has(key)) {
      this.#harness.discard(prepared);
      this.#progress.knows();
      return task;
    }
    try {
      await this.#harness.run(prepared);
    } catch (error) {
      return { ...task, failure: String(error) };
    }
    if (!this.isInterrupted) this.#store.add(key);
    this.#progress.ran(true);
    return task;
  }
}
