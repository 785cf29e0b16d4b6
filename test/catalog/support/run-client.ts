/** Runs whole clients as their users do, each in a folder of its own. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { CACHE } from "../../../scripts/setup/cache.mjs";
import { ensurePython } from "../../../scripts/setup/python.mjs";
import type { Answers } from "../../../src/catalog/recipe.js";
import { recipeOf, renderer } from "./samples.js";

type Line = Readonly<Record<string, unknown>>;

export interface ClientRun {
  readonly exitCode: number | null;
  /** The lines of stdout and of stderr, each of which is JSON. */
  readonly lines: readonly Line[];
  readonly logs: readonly Line[];
  /** The files that it left in its working folder. */
  readonly made: readonly string[];
}

/** @param edit what the user changes in the file */
export async function runRecipe(
  answers: Answers,
  environment: Readonly<Record<string, string>>,
  args: readonly string[] = [],
  edit = (code: string) => code,
): Promise<ClientRun> {
  const { fileName, language, text: code } = renderer.file(recipeOf(answers));
  await mkdir(CACHE, { recursive: true });
  const folder = await mkdtemp(join(CACHE, "client-")); // in the project, where packages are found
  try {
    await writeFile(join(folder, fileName), edit(code));
    const command = language.name === "python" ? await ensurePython() : process.execPath;
    const env = { PATH: process.env["PATH"], ...environment };
    const child = spawn(command, [fileName, ...args], { cwd: folder, env });
    child.stdin.end();
    const closed = once(child, "close");
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), closed]);
    const made = (await readdir(folder)).filter((name) => name !== fileName);
    return { exitCode: child.exitCode, lines: jsonLines(stdout), logs: jsonLines(stderr), made };
  } finally {
    await rm(folder, { recursive: true });
  }
}

function jsonLines(output: string): readonly Line[] {
  return output
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Line);
}
