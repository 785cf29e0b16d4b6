/** Runs what is planned, several at once, with progress. */
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
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

export interface Verified {
  readonly results: readonly Result[];
  /** Nothing was left out, by choice or by Ctrl-C. */
  readonly isWhole: boolean;
  readonly isExhaustive: boolean;
  readonly isInterrupted: boolean;
}

export async function verify(args: string[], setting: Setting): Promise<Verified> {
  const { values } = parseArgs({
    args,
    options: {
      language: { type: "string" },
      behaviour: { type: "string" },
      exhaustive: { type: "boolean", default: false },
      shard: { type: "string", default: "1/1" },
      "at-once": { type: "string", default: String(AT_ONCE_PER_CORE * availableParallelism()) },
    },
  });
  const { language, behaviour, shard, exhaustive: isExhaustive } = values;
  const asked = plan(isExhaustive).filter(
    ({ scenario, choices }) =>
      (behaviour === undefined || String(scenario.behaviour) === behaviour) &&
      (language === undefined || choices.language === language),
  );
  const tasks = shardOf(asked, shard);
  const harness = await Harness.start(setting.drivers);
  const run = new Run(tasks, harness, setting);
  const stop = () => {
    run.interrupt();
  };
  process.once("SIGINT", stop).once("SIGTERM", stop);
  const results = await run.all(Number(values["at-once"]));
  await harness.stop();
  process.removeListener("SIGINT", stop).removeListener("SIGTERM", stop);
  const { isInterrupted } = run;
  const isPart = language !== undefined || behaviour !== undefined || shard !== "1/1";
  return { results, isExhaustive, isInterrupted, isWhole: !isPart && !isInterrupted };
}

/** Mixes what computes with what waits, the same way each time; `2/3` is the second third of it. */
function shardOf(tasks: readonly Task[], shard: string): readonly Task[] {
  const [, index = "", count = ""] = /^(\d+)\/(\d+)$/.exec(shard) ?? [];
  if (!(Number(index) >= 1 && Number(index) <= Number(count))) {
    throw new Error(`--shard must be like 2/3, not ${shard}`);
  }
  const placed = tasks.map((task) => ({ task, at: hashOf(titleOf(task)) }));
  placed.sort((one, two) => (one.at < two.at ? -1 : 1));
  return placed
    .filter((_, place) => place % Number(count) === Number(index) - 1)
    .map(({ task }) => task);
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
