/** Clients that walk through pages, each in a process that lasts for many walks, and their server. */
import { join } from "node:path";
import { Conversation } from "./conversation.js";
import type { Bench } from "./section.js";

/** A line to a worker. */
export interface Walk {
  readonly base: string;
  /** How long the reader takes for each page. */
  readonly pauseMs?: number;
  /** Memory is sampled after so many pages. */
  readonly sampleAt?: readonly number[];
}

/** A line from it. */
export interface Walked {
  readonly pages: number;
  readonly records: number;
  readonly ms: number;
  readonly cpuMs: number;
  readonly memory: readonly Memory[];
}

/** In bytes, after the collection of garbage. */
export interface Memory {
  readonly pages: number;
  /** What the system counts; null where it doesn't tell. */
  readonly rss: number | null;
  /** What the language counts, where it does. */
  readonly heap?: number;
}

/** The pages that the server is to have. */
export interface Pages {
  readonly pages: number;
  readonly size: number;
  readonly delayMs?: number;
}

export class Server {
  readonly #process: Conversation;
  readonly #port: number;

  private constructor(process: Conversation, port: number) {
    this.#process = process;
    this.#port = port;
  }

  static async start(bench: Bench): Promise<Server> {
    const file = join(bench.root, "bench/performance/walk/server.mjs");
    const server = new Conversation(process.execPath, [file], bench);
    const { port } = (await server.hear()) as { port: number };
    return new Server(server, port);
  }

  /** What a client takes as the API's base URL. */
  base({ pages, size, delayMs = 0 }: Pages): string {
    return `http://127.0.0.1:${this.#port}/${pages}/${size}/${delayMs}`;
  }

  stop(): void {
    this.#process.stop();
  }
}

/** The file of a client, and what runs it. */
export interface Runnable {
  /** For a file in Python; Node.js where not given. */
  readonly python?: string | undefined;
  readonly file: string;
}

export class Walker {
  readonly #process: Conversation;
  readonly #server: Server;

  constructor({ python, file }: Runnable, server: Server, bench: Bench) {
    const worker = join(bench.root, `bench/performance/walk/worker.${python ? "py" : "mjs"}`);
    this.#process = new Conversation(python ?? process.execPath, [worker, file], bench);
    this.#server = server;
  }

  /** Throws where a record is missing. */
  async walk(pages: Pages, how: Omit<Walk, "base"> = {}): Promise<Walked> {
    this.#process.say(JSON.stringify({ base: this.#server.base(pages), ...how }));
    const walked = (await this.#process.hear()) as Walked;
    if (walked.records === pages.pages * pages.size) return walked;
    throw new Error(`A walk of ${pages.pages} pages gave ${walked.records} records.`);
  }

  stop(): void {
    this.#process.stop();
  }
}
