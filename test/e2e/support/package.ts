/** Builds and packs the extension once for all end-to-end tests, as it would be published. */
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { CACHE } from "../../../scripts/setup/cache.mjs";
import { run } from "../../../scripts/setup/process.mjs";
import { ensurePython } from "../../../scripts/setup/python.mjs";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const FOLDER = join(CACHE, "package");

/** The packed extension. */
export const VSIX = join(FOLDER, "extension.vsix");
/** What was in it; the extension itself stands in `extension/`. */
export const UNPACKED = join(FOLDER, "unpacked");

export default async function setup(): Promise<void> {
  await rm(FOLDER, { recursive: true, force: true });
  await mkdir(FOLDER, { recursive: true });
  await run("npm", ["run", "package", "--", "--out", VSIX], { cwd: ROOT });
  // The one program for ZIP files that is there on every system that runs these tests.
  await run(await ensurePython(), ["-m", "zipfile", "-e", VSIX, UNPACKED]);
}
