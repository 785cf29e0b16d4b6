import { randomUUID } from "node:crypto";
import { chmod, open, realpath, rename, rm, stat } from "node:fs/promises";
import { type Files, type OutputFile, WriteError, errorCode } from "./io.js";

/** The flag `wx` makes looking and creating one step, so that nothing can come in between. */
async function createOne(path: string, text: string): Promise<void> {
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

/** What has been written so far, and what is left to do when all has been. */
interface Written {
  /** To be removed where a later file fails. */
  readonly path: string;
  /** Moves it to its place. */
  readonly finish?: () => Promise<void>;
}

/** Writes beside the file that is there, or in its place where there is none. */
async function prepareReplacement({ path, text }: OutputFile): Promise<Written> {
  const found = await stat(path).catch((error: unknown) => {
    if (errorCode(error) === "ENOENT") return undefined;
    throw error;
  });
  if (found === undefined) {
    await createOne(path, text);
    return { path };
  }
  if (!found.isFile()) throw Object.assign(new Error("not a file"), { code: "EEXIST" });
  // Through a link to the file that it leads to, in whose folder a rename is atomic.
  const target = await realpath(path);
  const temporary = `${target}.${randomUUID()}.tmp`;
  await createOne(temporary, text);
  return {
    path: temporary,
    finish: async () => {
      await chmod(temporary, found.mode & 0o777);
      await rename(temporary, target);
    },
  };
}

/** Writes every file, or removes what it has written. */
async function writeAll(
  files: readonly OutputFile[],
  write: (file: OutputFile) => Promise<Written>,
): Promise<void> {
  const written: Written[] = [];
  let current = "";
  try {
    for (const file of files) {
      current = file.path;
      written.push(await write(file));
    }
    for (const { path, finish } of written) {
      current = path;
      await finish?.();
    }
  } catch (cause) {
    for (const { path } of written) await rm(path, { force: true });
    throw new WriteError(current, cause);
  }
}

export const nodeFiles: Files = {
  create: (files) =>
    writeAll(files, async ({ path, text }) => {
      await createOne(path, text);
      return { path };
    }),
  replace: (files) => writeAll(files, prepareReplacement),
};
