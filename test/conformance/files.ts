/** The files that a client leaves. */
import { readFile, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Files, FoundFile } from "./scenario.js";

/** Undefined where there is none. */
export async function readFound(path: string): Promise<FoundFile | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) return undefined;
  return { text: await readFile(path, "utf8"), mode: found.mode & 0o777 };
}

export async function readFiles(directory: string): Promise<Files> {
  const names = await readdir(directory);
  const found = await Promise.all(names.map((name) => readFound(join(directory, name))));
  return Object.fromEntries(names.map((name, index) => [name, found[index]]));
}
