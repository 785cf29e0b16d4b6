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

export interface Files {
  /** Rejects with `EEXIST` where there is something at the path. */
  create(path: string, text: string): Promise<void>;
  /** Puts the whole text in the place of a file at once, or leaves the file as it was. */
  replace(path: string, text: string): Promise<void>;
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
