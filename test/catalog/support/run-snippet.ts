/** Runs snippets as they are inserted, with a few lines from `fixtures/snippets` that use them. */
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { fileURLToPath, pathToFileURL } from "node:url";
import { CACHE } from "../../../scripts/setup/cache.mjs";
import { ensurePython } from "../../../scripts/setup/python.mjs";
import { type SnippetLanguage, snippetText } from "./snippets.js";

const DRIVERS = fileURLToPath(new URL("../fixtures/snippets/", import.meta.url));
const EXTENSIONS = { javascript: ".mjs", python: ".py" };

export interface Use {
  readonly prefix: string;
  /** The name of the file that uses it. */
  readonly driver: string;
  readonly input: unknown;
  readonly settings?: Readonly<Record<string, string | number>>;
}

export interface Outcome {
  readonly result?: unknown;
  /** The message of the error that was thrown instead. */
  readonly error?: string;
  readonly kind?: string | null;
}

export interface Ended {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number | null;
}

/** A process of one language that uses snippets one after the other, until it is closed. */
export class SnippetRunner {
  /** In the project's own folder, so that snippets find their packages. */
  #folder: string | undefined;
  #written = 0;
  /** The process that is given tasks, and all that were started. */
  #child: ChildProcessWithoutNullStreams | undefined;
  readonly #started: ChildProcessWithoutNullStreams[] = [];
  #lines: AsyncIterator<string> | undefined;
  #stderr = "";

  constructor(private readonly language: SnippetLanguage) {}

  /** Reads tasks from stdin. */
  get runScript(): string {
    return `${DRIVERS}run${EXTENSIONS[this.language]}`;
  }

  async use(asked: Use): Promise<Outcome> {
    if (!this.#child || !this.#lines) {
      this.#child = await this.start(this.runScript);
      this.#child.stderr.on("data", (chunk: Buffer) => (this.#stderr += chunk.toString()));
      this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
    }
    this.#child.stdin.write(this.task(asked));
    const line = await this.#lines.next();
    if (line.done) throw new Error(`${asked.prefix} ended the process: ${this.#stderr}`);
    return JSON.parse(line.value) as Outcome;
  }

  /** A script from start to end. */
  async run(script: string, stdin = ""): Promise<Ended> {
    const child = await this.start(script);
    child.stdin.end(stdin);
    const closed = once(child, "close");
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), closed]);
    return { stdout, stderr, exitCode: child.exitCode };
  }

  /** A line for `run`, in a process of its own or not. */
  task({ prefix, driver, input, settings }: Use): string {
    const path = `${DRIVERS}${driver}${EXTENSIONS[this.language]}`;
    const snippet = this.write(snippetText(this.language, prefix, settings));
    const name = (file: string) => (this.language === "python" ? file : pathToFileURL(file).href);
    return `${JSON.stringify({ snippet: name(snippet), driver: name(path), input })}\n`;
  }

  /** The path of a script with this text. */
  write(code: string): string {
    mkdirSync(CACHE, { recursive: true });
    this.#folder ??= mkdtempSync(join(CACHE, "snippets-"));
    this.#written += 1;
    const file = join(this.#folder, `snippet_${this.#written}${EXTENSIONS[this.language]}`);
    writeFileSync(file, code);
    return file;
  }

  async start(script: string): Promise<ChildProcessWithoutNullStreams> {
    const command = this.language === "python" ? await ensurePython() : process.execPath;
    // Dates without a zone must be read as UTC wherever it runs.
    const env = { PATH: process.env["PATH"], PYTHONUNBUFFERED: "1", TZ: "Asia/Tokyo" };
    const child = spawn(command, [script], { env });
    this.#started.push(child);
    await once(child, "spawn");
    return child;
  }

  close(): void {
    for (const child of this.#started) child.kill("SIGKILL");
    if (this.#folder) rmSync(this.#folder, { recursive: true });
  }
}
