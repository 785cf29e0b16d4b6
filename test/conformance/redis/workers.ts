/** Several processes of generated clients that share one bucket in a Redis server of their own. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { type RedisClientType, createClient } from "redis";
import { ensurePython } from "../../../scripts/setup/python.mjs";
import { freePort } from "../../../scripts/setup/server.mjs";
import { type RedisServer, startRedis } from "../../../scripts/setup/redis.mjs";
import { type Sandbox, type Session, startSandbox } from "../../../src/sandbox/index.js";
import { renderer } from "../../catalog/support/samples.js";
import { recipeWith } from "../recipes.js";
import type { Call, Choices, Fields } from "../scenario.js";

export type Language = Choices["language"];

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const DRIVERS = fileURLToPath(new URL("../drivers", import.meta.url));
const NAMES = { javascript: ["client.mjs", "driver.mjs"], python: ["client.py", "driver.py"] };

/** What a worker has printed when it has ended. */
export interface Worked {
  readonly exitCode: number | null;
  /** Whether each call succeeded. */
  readonly outcomes: readonly { readonly ok: boolean; readonly ms: number }[];
  readonly stderr: string;
}

export interface Worker {
  readonly process: ChildProcess;
  readonly ended: Promise<Worked>;
}

/** An API, a Redis server and a folder for the clients: a world of their own. */
export class Shop {
  private constructor(
    readonly session: Session,
    readonly key: string,
    private readonly sandbox: Sandbox,
    private readonly folder: string,
    private server: RedisServer,
  ) {}

  /** @param values of the clients' fields */
  static async open(values: Fields): Promise<Shop> {
    const sandbox = await startSandbox();
    const folder = await mkdtemp(join(tmpdir(), "workers-"));
    await symlink(join(ROOT, "node_modules"), join(folder, "node_modules"), "junction");
    const key = "shared-limit";
    for (const language of ["javascript", "python"] as const) {
      const recipe = recipeWith(recipeOf(language), { ...values, redisKey: key });
      await writeFile(join(folder, NAMES[language][0] ?? ""), renderer.file(recipe).text);
    }
    const session = sandbox.session({ auth: "bearer", pagination: "single" });
    return new Shop(session, key, sandbox, folder, await startRedis(await freePort()));
  }

  async close(): Promise<void> {
    await this.sandbox.close();
    await this.server.close();
    await rm(this.folder, { recursive: true });
  }

  /** Starts a process that makes these calls. */
  async hire(language: Language, calls: readonly Call[]): Promise<Worker> {
    const [client = "", driver = ""] = NAMES[language];
    const command = language === "python" ? await ensurePython() : process.execPath;
    const args = [join(DRIVERS, driver), join(this.folder, client), JSON.stringify(calls)];
    const env = {
      PATH: process.env["PATH"],
      ...this.session.environment,
      REDIS_URL: this.server.url,
    };
    const child = spawn(command, args, { env, stdio: ["ignore", "pipe", "pipe"] });
    const closed = new Promise((resolve) => child.once("close", resolve));
    const output = Promise.all([text(child.stdout), text(child.stderr), closed]);
    const ended = output.then(([stdout, stderr]) => ({
      exitCode: child.exitCode,
      outcomes: stdout
        .split("\n")
        .flatMap((line) => (line ? [JSON.parse(line) as Worked["outcomes"][number]] : [])),
      stderr,
    }));
    return { process: child, ended };
  }

  /** When each request arrived, in ms since the first. */
  get arrivals(): readonly number[] {
    const times = this.session.requests.map(({ at }) => at);
    return times.map((at) => at - (times[0] ?? 0));
  }

  /** Returns when so many requests have arrived. */
  async arrived(count: number): Promise<void> {
    const deadline = Date.now() + 60_000;
    while (this.session.requests.length < count) {
      if (Date.now() > deadline) throw new Error(`${this.session.requests.length} requests came`);
      await delay(10);
    }
  }

  /** Asks the server, as an administrator would. */
  async redis<T>(ask: (client: RedisClientType) => Promise<T>): Promise<T> {
    const client: RedisClientType = createClient({ url: this.server.url, RESP: 3 });
    await client.connect();
    try {
      return await ask(client);
    } finally {
      client.destroy();
    }
  }

  async stopRedis(): Promise<void> {
    await this.server.close();
  }

  /** A new server at the same address, without any memory. */
  async startRedis(): Promise<void> {
    this.server = await startRedis(this.server.port);
  }

  signalRedis(signal: NodeJS.Signals): void {
    this.server.process.kill(signal);
  }

  get redisUrl(): string {
    return this.server.url;
  }
}

function recipeOf(language: Language): Choices {
  return { language, auth: "bearer", pagination: "single", retry: "none", "rate-limit": "redis" };
}
