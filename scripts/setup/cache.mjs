/** The git-ignored folder for tools that are fetched when needed, each at a pinned version. */
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const CACHE = fileURLToPath(new URL("../../.cache", import.meta.url));

/**
 * The folder of a tool. It is built beside its place and renamed when whole, so that a folder that
 * is there is complete, even where a build was interrupted or two ran at once.
 * @param {string} name with its version: `code-server-4.139.1`
 * @param {(directory: string) => Promise<void>} build
 */
export async function cached(name, build) {
  const directory = join(CACHE, name);
  if (existsSync(directory)) return directory;
  await mkdir(CACHE, { recursive: true });
  const building = await mkdtemp(`${directory}.part-`);
  try {
    await build(building);
    await rename(building, directory);
  } catch (error) {
    await rm(building, { recursive: true, force: true });
    if (!existsSync(directory)) throw error;
  }
  return directory;
}
