/** Files that are of one run: all of them are replaced, or none. */
import { mkdtemp, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * All are written beside their places first, so that a full disk leaves the earlier ones.
 * @param files texts by file name
 * @param stale whether a file of an earlier run goes, where this one has none of that name
 */
export async function replaceTogether(
  folder: string,
  files: Readonly<Record<string, string>>,
  stale: (name: string) => boolean,
): Promise<void> {
  const beside = await mkdtemp(join(folder, ".part-"));
  try {
    for (const [name, text] of Object.entries(files)) await writeFile(join(beside, name), text);
    for (const name of Object.keys(files)) await rename(join(beside, name), join(folder, name));
    const left = (await readdir(folder)).filter((name) => stale(name) && !(name in files));
    for (const name of left) await rm(join(folder, name));
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
}
