/** The program of `npm run compare`. */
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { Harness } from "../../test/conformance/harness.js";
import { CASES } from "./cases/index.js";
import { CLIENTS, type Client } from "./clients.js";
import { type Found, type Setting, runAll } from "./run.js";

/** Most of a run is waiting. */
const AT_ONCE_PER_CORE = 3;

/** What could be installed. */
export interface Installed {
  readonly packages: string;
  readonly python: string;
  /** Why a package isn't there, by its name. */
  readonly missing: Readonly<Record<string, string>>;
}

export interface Compared {
  readonly found: readonly Found[];
  /** Nothing was left out, by choice or by Ctrl-C. */
  readonly isWhole: boolean;
}

export async function compare(
  args: string[],
  drivers: string,
  installed: Installed,
  setting: Omit<Setting, "atOnce">,
): Promise<Compared> {
  const { values } = parseArgs({
    args,
    options: {
      client: { type: "string" },
      behaviour: { type: "string" },
      "at-once": { type: "string", default: String(AT_ONCE_PER_CORE * availableParallelism()) },
    },
  });
  const { client: name, behaviour } = values;
  const clients = CLIENTS.filter((client) => name === undefined || client.name === name);
  const cases = CASES.filter(
    (one) => behaviour === undefined || String(one.behaviour) === behaviour,
  );
  if (clients.length === 0 || cases.length === 0) {
    const names = CLIENTS.map((client) => client.name).join(", ");
    throw new Error(`There is nothing of that. Clients: ${names}`);
  }
  const tasks = cases.flatMap((one) => clients.map((client) => ({ case: one, client })));
  const absent = tasks.flatMap((task): Found[] => {
    const text = whyAbsent(task.client, installed);
    return text === undefined ? [] : [{ ...task, state: "not run", text }];
  });
  const there = tasks.filter(({ client }) => whyAbsent(client, installed) === undefined);
  const harness = await Harness.start(drivers, installed);
  const ran = await runAll(there, harness, { ...setting, atOnce: Number(values["at-once"]) });
  await harness.stop();
  const isPart = name !== undefined || behaviour !== undefined;
  return { found: [...ran, ...absent], isWhole: !isPart && !setting.signal.aborted };
}

/** The first of its packages that can't be had. */
export function whyAbsent({ peer }: Client, { missing }: Installed): string | undefined {
  const name = peer?.packages.find((one) => missing[one] !== undefined);
  return name === undefined ? undefined : `${name} can't be installed: ${missing[name] ?? ""}`;
}
