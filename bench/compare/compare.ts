/** The program of `npm run compare`. */
import { availableParallelism } from "node:os";
import { readArguments } from "../../scripts/arguments.mjs";
import { Harness } from "../../test/conformance/harness.js";
import { CASES } from "./cases/index.js";
import { CLIENTS, type Client } from "./clients.js";
import { type Found, type Setting, type Task, runAll } from "./run.js";

/** Most of a run is waiting. */
const AT_ONCE_PER_CORE = 3;

/** What could be installed. */
export interface Installed {
  readonly packages: string;
  readonly python: string;
  /** Why a package isn't there, by its name. */
  readonly missing: Readonly<Record<string, string>>;
}

/** What the command line asks for. */
export interface Asked {
  readonly tasks: readonly Task[];
  readonly atOnce: number;
}

export interface Compared {
  readonly found: readonly Found[];
  /** Nothing was left out, by choice or by Ctrl-C. */
  readonly isWhole: boolean;
}

/** Or the line that says what is wrong with it. */
export function askedBy(args: string[]): Asked | string {
  const given = readArguments({
    args,
    options: {
      client: { type: "string" },
      behaviour: { type: "string" },
      "at-once": { type: "string", default: String(AT_ONCE_PER_CORE * availableParallelism()) },
    },
  });
  if (typeof given === "string") return given;
  const { client: name, behaviour, "at-once": times } = given.values;
  const clients = CLIENTS.filter((client) => name === undefined || client.name === name);
  if (clients.length === 0) {
    return `There is no client ${name ?? ""}. Clients: ${CLIENTS.map((one) => one.name).join(", ")}.`;
  }
  const cases = CASES.filter(
    (one) => behaviour === undefined || String(one.behaviour) === behaviour,
  );
  if (cases.length === 0) {
    const all = [...new Set(CASES.map((one) => one.behaviour))].sort((a, b) => a - b);
    return `There is no behaviour ${behaviour ?? ""}. Behaviours: ${all.join(", ")}.`;
  }
  const atOnce = Number(times);
  if (!Number.isInteger(atOnce) || atOnce < 1) return "--at-once is a whole number from 1 on.";
  return {
    tasks: cases.flatMap((one) => clients.map((client) => ({ case: one, client }))),
    atOnce,
  };
}

export async function compare(
  { tasks, atOnce }: Asked,
  drivers: string,
  installed: Installed,
  setting: Omit<Setting, "atOnce">,
): Promise<Compared> {
  const absent = tasks.flatMap((task): Found[] => {
    const text = whyAbsent(task.client, installed);
    return text === undefined ? [] : [{ ...task, state: "not run", text }];
  });
  const there = tasks.filter(({ client }) => whyAbsent(client, installed) === undefined);
  const harness = await Harness.start(drivers, installed);
  try {
    const found = [...(await runAll(there, harness, { ...setting, atOnce })), ...absent];
    return { found, isWhole: found.length === CASES.length * CLIENTS.length };
  } finally {
    await harness.stop();
  }
}

/** The first of its packages that can't be had. */
export function whyAbsent(
  { peer, language }: Client,
  { missing }: Pick<Installed, "missing">,
): string | undefined {
  const packages = language === "python" ? ["requests", ...(peer?.packages ?? [])] : peer?.packages;
  const name = packages?.find((one) => missing[one] !== undefined);
  return name === undefined ? undefined : `${name} can't be installed: ${missing[name] ?? ""}`;
}
