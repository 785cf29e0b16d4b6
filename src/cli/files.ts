import { randomUUID } from "node:crypto";
import { chmod, open, realpath, rename, rm, stat } from "node:fs/promises";
import { type Files, errorCode } from "./io.js";

/** The flag `wx` makes looking and creating one step, so that nothing can come in between. */
async function create(path: string, text: string): Promise<void> {
  const file = await open(path, "wx");
  try {
    await file.writeFile(text);
    await file.close();
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(path, { force: true });
    throw error;
  }
}

async function replace(path: string, text: string): Promise<void> {
  const found = await stat(path).catch((error: unknown) => {
    if (errorCode(error) === "ENOENT") return undefined;
    throw error;
  });
  if (found === undefined) {
    await create(path, text);
    return;
  }
  if (!found.isFile()) throw Object.assign(new Error("not a file"), { code: "EEXIST" });
  // Through a link to the file that it leads to, in whose folder a rename is atomic.
  const target = await realpath(path);
  const temporary = `${target}.${randomUUID()}.tmp`;
  await create(temporary, text);
  try {
    await chmod(temporary, found.mode & 0o777);
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

export const nodeFiles: Files = { create, replace };
