/** A process that answers a line with a line. */
import { type ChildProcess, spawn } from "node:child_process";
import { type Interface, createInterface } from "node:readline";
import type { Bench } from "./section.js";

export class Conversation {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  readonly #end: Interface;
  readonly #name: string;
  #errors = "";

  constructor(command: string, args: readonly string[], { signal }: Bench) {
    this.#name = args.slice(-1).join();
    const child = spawn(command, args, {
      env: withoutProxies(process.env),
      signal,
      stdio: ["pipe", "pipe", "pipe"],
    });
    // A process that can't be started, or is ended by Ctrl-C, gives no line; that is noticed.
    child.on("error", (error) => (this.#errors += String(error)));
    child.stdin.on("error", () => undefined);
    child.stderr.on("data", (chunk: Buffer) => (this.#errors += chunk.toString()));
    this.#child = child;
    this.#end = createInterface({ input: child.stdout });
    this.#lines = this.#end[Symbol.asyncIterator]();
  }

  say(line: string): void {
    this.#child.stdin?.write(`${line}\n`);
  }

  async hear(): Promise<unknown> {
    const line = await this.#lines.next();
    if (line.done !== true) return JSON.parse(line.value) as unknown;
    throw new Error(`${this.#name} ended: ${reasonIn(this.#errors)}`, { cause: this.#errors });
  }

  stop(): void {
    this.#child.kill();
    this.#end.close();
  }
}

/** The last error that is named in what a process left behind, else the last line. */
function reasonIn(errors: string): string {
  const named = errors.match(/^\w*(Error|Exception)\b.*$/gm) ?? [];
  return named.at(-1) ?? errors.trim().split("\n").at(-1) ?? "";
}

/**
 * The environment of most machines. A proxy would be measured as well; and a NO_PROXY that names the
 * server would spare requests the search for one, a quarter of its time for a page.
 */
function withoutProxies(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !/_proxy$/i.test(name)));
}
