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
    // A proxy would be measured as well.
    const env = { ...process.env, NO_PROXY: "127.0.0.1", no_proxy: "127.0.0.1" };
    const child = spawn(command, args, { env, signal, stdio: ["pipe", "pipe", "pipe"] });
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
    throw new Error(`${this.#name} ended: ${this.#errors.trim().split("\n").slice(-5).join("\n")}`);
  }

  stop(): void {
    this.#child.kill();
    this.#end.close();
  }
}
