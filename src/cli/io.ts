/** What the commands need of the world, so that tests can stand in for it. */
import type { Catalog } from "../catalog/catalog.js";
import type { Parts } from "../render/renderer.js";

export interface Io {
  /** Writes to stdout; rejects where it fails. */
  out(text: string): Promise<void>;
  /** Writes to stderr, as far as that goes. */
  err(text: string): void;
  readonly files: Files;
  /** Resolves with the exit code when the user has had enough. */
  untilStopped(): Promise<number>;
}

export interface OutputFile {
  readonly path: string;
  readonly text: string;
}

/** Both write all files or none, and reject with a WriteError. */
export interface Files {
  /** Fails with `EEXIST` where there is something at a path. */
  create(files: readonly OutputFile[]): Promise<void>;
  /** Puts each whole text in the place of a file at once; `EEXIST` is what is no file. */
  replace(files: readonly OutputFile[]): Promise<void>;
}

/** Which file it was that couldn't be written; the cause has the system's code. */
export class WriteError extends Error {
  constructor(
    readonly path: string,
    override readonly cause: unknown,
  ) {
    super(errorText(cause));
  }
}

export interface Context {
  readonly io: Io;
  readonly catalog: Catalog;
  readonly parts: Parts;
}

/** The system's name for an error, as in `ENOENT`. */
export function errorCode(error: unknown): string | undefined {
  const { code } = Object(error) as { code?: unknown };
  return typeof code === "string" ? code : undefined;
}

export function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
