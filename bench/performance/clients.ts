/** What walks through pages: generated clients, the least that does it, and what people would use. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ensurePeers, ensurePeersPython } from "../../scripts/setup/peers.mjs";
import { ensurePython } from "../../scripts/setup/python.mjs";
import { recipeOf, renderer } from "../../test/catalog/support/samples.js";
import { PEERS } from "../compare/clients.js";
import type { Bench } from "./section.js";
import type { Runnable } from "./walkers.js";

export const LANGUAGES = ["JavaScript", "Python"] as const;
export type LanguageTitle = (typeof LANGUAGES)[number];

/** The names of those that others are compared with and that targets are about. */
export const PLAIN = "plain loop";
export const GENERATED = "generated client";

export interface Contender extends Runnable {
  readonly language: LanguageTitle;
  readonly name: string;
  /** Why it can't be run here. */
  readonly missing?: string;
}

export interface Contenders {
  readonly all: readonly Contender[];
  readonly versions: Readonly<Record<string, string>>;
}

/** What walks in each of the peers, in the order of the tables. */
const WALKS: Readonly<Record<LanguageTitle, Readonly<Record<string, string>>>> = {
  JavaScript: {
    fetch: "fetch loop with retries",
    undici: "undici RetryAgent",
    got: "got.paginate",
    octokit: "octokit.paginate.iterator",
    ky: "ky",
    axios: "axios with axios-retry",
  },
  Python: {
    requests_loop: "requests loop with retries",
    requests_retry: "requests with urllib3's Retry",
    httpx_tenacity: "httpx with tenacity",
  },
};

export async function contenders(bench: Bench): Promise<Contenders> {
  const [javascript, python] = [await ensurePeers(), await ensurePeersPython()];
  // All of a language run in the same interpreter, with the same requests.
  const interpreter = "requests" in python.missing ? await ensurePython() : python.python;
  const walk = join(bench.root, "bench/performance/walk");
  const peersPython = join(bench.root, "bench/peers/python");
  const inPython = { language: "Python", python: interpreter } as const;
  const all: Contender[] = [
    { language: "JavaScript", name: PLAIN, file: join(walk, "plain.mjs") },
    { language: "JavaScript", name: "plain loop, in place", file: join(walk, "in-place.mjs") },
    { language: "JavaScript", name: "plain loop, time limit", file: join(walk, "limited.mjs") },
    {
      language: "JavaScript",
      name: GENERATED,
      file: await generate(bench, "javascript", "cursor"),
    },
    {
      language: "JavaScript",
      name: `${GENERATED}, Link headers`,
      file: await generate(bench, "javascript", "link-header"),
    },
    ...Object.entries(WALKS.JavaScript).map(([peer, name]) => ({
      language: "JavaScript" as const,
      name,
      file: join(javascript.folder, "javascript", `${peer}.mjs`),
      ...reason(peer, javascript.missing),
    })),
    { ...inPython, name: PLAIN, file: join(walk, "plain.py") },
    { ...inPython, name: GENERATED, file: await generate(bench, "python", "cursor") },
    {
      ...inPython,
      name: `${GENERATED}, Link headers`,
      file: await generate(bench, "python", "link-header"),
    },
    ...Object.entries(WALKS.Python).map(([peer, name]) => ({
      ...inPython,
      name,
      file: join(peersPython, `${peer}.py`),
      ...reason(peer, python.missing),
    })),
  ];
  return { all, versions: { ...javascript.versions, ...python.versions } };
}

/** The path of a client with a bearer token and exponential backoff, in a folder of its own. */
async function generate(bench: Bench, language: string, pagination: string): Promise<string> {
  const options = { language, auth: "bearer", pagination, retry: "exponential" };
  const recipe = recipeOf({ options: { ...options, "rate-limit": "none" }, set: {} });
  const { fileName, text } = renderer.file(recipe);
  const folder = join(bench.folder, `${language}-${pagination}`);
  await mkdir(folder);
  await writeFile(join(folder, fileName), text);
  return join(folder, fileName);
}

function reason(
  peer: string,
  missing: Readonly<Record<string, string>>,
): Pick<Contender, "missing"> {
  const packages = PEERS.find(({ name }) => name === peer)?.packages;
  const lacking = packages?.find((name) => name in missing);
  return lacking ? { missing: `${lacking}: ${missing[lacking] ?? "missing"}` } : {};
}
