/** Files that are of one run: all of them are replaced, or none. */
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * All are written elsewhere first, so that a full disk leaves the earlier ones.
 * @param parts the folder for that, on the same file system
 * @param files texts by file name; what shows the others is the last, lest it show what isn't there
 * @param stale whether a file of an earlier run goes, where this one has none of that name
 */
export async function replaceTogether(
  folder: string,
  parts: string,
  files: Readonly<Record<string, string>>,
  stale: (name: string) => boolean,
): Promise<void> {
  await mkdir(parts, { recursive: true });
  const beside = await mkdtemp(join(parts, "part-"));
  try {
    for (const [name, text] of Object.entries(files)) await writeFile(join(beside, name), text);
    for (const name of Object.keys(files)) await rename(join(beside, name), join(folder, name));
    const left = (await readdir(folder)).filter((name) => stale(name) && !(name in files));
    for (const name of left) await rm(join(folder, name));
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
}
