import { catalog, parts } from "virtual:catalog";
import { type Io, type OutputFile, WriteError } from "../../../src/cli/io.js";
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
    const write = (files: readonly OutputFile[], mayReplace: boolean) => {
      const taken = files.find(({ path }) => this.files.has(path) && !mayReplace);
      const failure = taken ? systemError("EEXIST") : this.fileFailure;
      const [first] = files;
      if (failure) return Promise.reject(new WriteError((taken ?? first)?.path ?? "", failure));
      for (const { path, text } of files) this.files.set(path, text);
      return Promise.resolve();
    };
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
        create: (files) => write(files, false),
        replace: (files) => write(files, true),
      },
      untilStopped: () => this.#printed.then(() => this.life()),
    };
  }
}

export function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: it failed`), { code });
}
