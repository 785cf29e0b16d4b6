/**
 * What passed in earlier runs, by a hash of all that it depends on, so that a run that was
 * interrupted goes on. Any number of files in the folder: those of shards are put together there.
 */
import { createHash } from "node:crypto";
import { appendFileSync, mkdirSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

const SUFFIX = ".passed";
const KEY = /^[0-9a-f]{20}$/;

/** Of texts, in their order. */
export function hashOf(...texts: readonly string[]): string {
  const hash = createHash("sha256");
  for (const text of texts) hash.update(`${text.length}:`).update(text);
  return hash.digest("hex").slice(0, 20);
}

export class Store {
  readonly #passed = new Set<string>();
  readonly #file: string;

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true });
    const files = readdirSync(folder).filter((name) => name.endsWith(SUFFIX));
    const lines = files.flatMap((name) => readFileSync(join(folder, name), "utf8").split("\n"));
    for (const line of lines) {
      if (KEY.test(line)) this.#passed.add(line);
    }
    this.#file = join(folder, `${Date.now()}-${process.pid}${SUFFIX}`);
  }

  has(key: string): boolean {
    return this.#passed.has(key);
  }

  add(key: string): void {
    this.#passed.add(key);
    appendFileSync(this.#file, `${key}\n`);
  }
}
