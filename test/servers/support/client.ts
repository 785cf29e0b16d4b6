/** Runs generated clients as their users do: as files, with the real Node.js and Python. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensurePython } from "../../../scripts/setup/python.mjs";
import type { Answers } from "../../../src/catalog/recipe.js";
import { recipeOf, renderer } from "../../catalog/support/samples.js";
import { pythonStarter, startNode } from "../../conformance/processes.js";
import { type Running, runClient } from "../../conformance/run.js";

export const LANGUAGES = ["javascript", "python"] as const;
export type Language = (typeof LANGUAGES)[number];

/** Each language's own text, and what stands in its place. */
export type Edit = Readonly<Record<Language, readonly [text: string, replacement: string]>>;

export interface Asked {
  readonly language: Language;
  readonly options: Readonly<Record<string, string>>;
  readonly set?: Answers["set"];
  readonly environment: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  /** Breaks the file on purpose. */
  readonly edit?: Edit | undefined;
  /** What its user does while it runs. */
  readonly meanwhile?: (running: Running) => Promise<unknown>;
}

export interface Done {
  readonly exitCode: number | null;
  readonly records: readonly unknown[];
  readonly stderr: string;
}

const LIMIT_MS = 90_000;
const START = { javascript: startNode, python: pythonStarter(await ensurePython()) };

/** Keeps its tests short: one question unanswered means that nothing is wanted there. */
const NOTHING = { auth: "none", retry: "none", "rate-limit": "none" };

export async function run(asked: Asked): Promise<Done> {
  const { language, options, set = {}, environment, args = [], edit, meanwhile } = asked;
  const recipe = recipeOf({ options: { ...NOTHING, language, ...options }, set });
  const { fileName, text } = renderer.file(recipe);
  const folder = await mkdtemp(join(tmpdir(), "server-client-"));
  try {
    const directory = join(folder, "work");
    await mkdir(directory);
    const file = join(folder, fileName);
    await writeFile(file, edit ? edited(text, edit[language]) : text);
    const { exitCode, stdout, stderr } = await runClient({
      starter: START[language],
      args: [file, ...args],
      environment,
      folder,
      directory,
      limitMs: LIMIT_MS,
      interference: {},
      requests: [],
      meanwhile,
    });
    const lines = stdout.split("\n").filter((line) => line !== "");
    return { exitCode, records: lines.map((line) => JSON.parse(line) as unknown), stderr };
  } finally {
    await rm(folder, { recursive: true });
  }
}

function edited(text: string, [from, to]: Edit[Language]): string {
  if (!text.includes(from)) throw new Error(`The client has no ${from}`);
  return text.replace(from, () => to);
}
