import { mkdir, rename, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/**
 * Replaces a document as a whole or not at all.
 * @param {string} file
 * @param {string} text
 * @param {string} parts a folder on the same file system, where git doesn't see what a kill leaves
 */
export async function replaceDocument(file, text, parts) {
  const part = join(parts, basename(file));
  await mkdir(dirname(file), { recursive: true });
  await writeFile(part, text);
  await rename(part, file);
}
