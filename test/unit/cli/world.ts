import { catalog, parts } from "virtual:catalog";
import type { Io } from "../../../src/cli/io.js";
import { run } from "../../../src/cli/program.js";

/** A world in memory. */
export class World {
  readonly files = new Map<string, string>();
  out = "";
  err = "";
  /** What writing to stdout fails with. */
  outFailure: Error | undefined;
  /** What writing a file fails with. */
  fileFailure: Error | undefined;
  /** The sandbox's life, given what it has printed; resolves with the exit code. */
  life = (): Promise<number> => Promise.resolve(0);

  #print: () => void = () => undefined;
  readonly #printed = new Promise<void>((resolve) => {
    this.#print = resolve;
  });

  /** @returns the exit code */
  run(...args: string[]): Promise<number> {
    return run(args, { io: this.#io(), catalog, parts });
  }

  #io(): Io {
    const write = (path: string, text: string) => {
      if (this.fileFailure) return Promise.reject(this.fileFailure);
      this.files.set(path, text);
      return Promise.resolve();
    };
    const taken = Object.assign(new Error("taken"), { code: "EEXIST" });
    return {
      out: (text) => {
        if (this.outFailure) return Promise.reject(this.outFailure);
        this.out += text;
        this.#print();
        return Promise.resolve();
      },
      err: (text) => {
        this.err += text;
      },
      files: {
        create: (path, text) => (this.files.has(path) ? Promise.reject(taken) : write(path, text)),
        replace: write,
      },
      untilStopped: () => this.#printed.then(() => this.life()),
    };
  }
}

export function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: it failed`), { code });
}
