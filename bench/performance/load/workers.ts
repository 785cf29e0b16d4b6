/** Processes that make calls with clients, all from the same moment on. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Bench } from "../section.js";
import { now } from "./clock.mjs";
import type { Plan, Worked } from "./worker.mjs";

export type { Operation, Worked } from "./worker.mjs";

/** For the last of them to hear of it, and for buckets to be full again after the warm-ups. */
const HEARD_MS = 300;

export interface Worker extends Plan {
  /** The interpreter, where the client is in Python. */
  readonly python?: string | undefined;
  readonly environment?: Readonly<Record<string, string>>;
}

/**
 * Begins when all are ready; tells what each did, in the order of the workers.
 * @param before is told of the moment, and waited for
 */
export async function runTeam(
  bench: Bench,
  workers: readonly Worker[],
  before: (startAt: number) => Promise<void>,
): Promise<readonly Worked[]> {
  bench.signal.throwIfAborted();
  const started = workers.map((worker) => start(bench, worker));
  const end = () => {
    for (const { child } of started) child.kill("SIGKILL");
  };
  bench.signal.addEventListener("abort", end);
  try {
    await Promise.all(started.map(({ ready }) => ready));
    const startAt = now() + HEARD_MS;
    await before(startAt);
    return await Promise.all(started.map(({ begin }) => begin(startAt)));
  } finally {
    bench.signal.removeEventListener("abort", end);
    end();
  }
}

function start({ root }: Bench, { python, environment, ...plan }: Worker) {
  const folder = join(root, "bench", "performance", "load");
  const program = join(folder, python ? "worker.py" : "worker.mjs");
  const env = { PATH: process.env["PATH"], API_TOKEN: "bench-token", ...environment };
  const child = spawn(python ?? process.execPath, [program, JSON.stringify(plan)], { env });
  let last = "";
  const keep = (said: unknown) => (last = (last + String(said)).slice(-2000));
  child.once("error", keep);
  child.stdin.once("error", keep);
  child.stderr.on("data", keep);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const line = await lines.next();
    if (line.done) throw new Error(`${plan.file} has ended: ${last}`);
    return line.value;
  };
  return {
    child,
    ready: next(),
    begin: async (startAt: number) => {
      child.stdin.write(`${startAt}\n`);
      return JSON.parse(await next()) as Worked;
    },
  };
}
