/** Every recipe in every scenario that applies to it, several at once, with progress. */
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { Harness } from "./harness.js";
import { Picker, nameOf } from "./recipes.js";
import type { Choices, Scenario } from "./scenario.js";
import { SCENARIOS } from "./scenarios/index.js";

/** Most of a run is waiting. */
const AT_ONCE = 6;
const PROGRESS_MS = 15_000;

interface Task {
  readonly scenario: Scenario;
  readonly choices: Choices;
}

/** @returns the exit code */
export async function verify(args: string[], drivers: string): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { language: { type: "string" }, behaviour: { type: "string" } },
  });
  const tasks = tasksFor(values.language, values.behaviour);
  const total = tasks.length;
  const startedAt = performance.now();
  const counts = { passed: 0, failed: 0 };
  const tell = () => {
    const seconds = Math.round((performance.now() - startedAt) / 1000);
    const done = counts.passed + counts.failed;
    console.log(`${done} of ${total} after ${seconds} s: ${counts.failed} failed`);
  };
  const harness = await Harness.start(drivers);
  const timer = setInterval(tell, PROGRESS_MS);
  const work = async () => {
    for (let task = tasks.pop(); task; task = tasks.pop()) {
      counts[await outcomeOf(harness, task)] += 1;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  clearInterval(timer);
  await harness.stop();
  tell();
  console.log(`${counts.passed} passed, ${counts.failed} failed`);
  return counts.failed > 0 || total === 0 ? 1 : 0;
}

function tasksFor(language: string | undefined, behaviour: string | undefined): Task[] {
  const picker = new Picker();
  const asked = SCENARIOS.filter(
    (scenario) => behaviour === undefined || String(scenario.behaviour) === behaviour,
  );
  const tasks = asked.flatMap((scenario) =>
    picker.every(scenario).map((choices) => ({ scenario, choices })),
  );
  return tasks
    .filter(({ choices }) => language === undefined || choices.language === language)
    .reverse();
}

async function outcomeOf(
  harness: Harness,
  { scenario, choices }: Task,
): Promise<"passed" | "failed"> {
  try {
    await harness.try(scenario, choices);
    return "passed";
  } catch (error) {
    const what = `${scenario.behaviour}: ${scenario.title}`;
    console.error(`FAILED ${what} (${nameOf(choices)})\n${String(error)}`);
    return "failed";
  }
}
