/** Starts clients: each is a process of its own, started as fast as its language allows. */
import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, constants, openSync } from "node:fs";
import { Socket } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import type { Environment } from "./scenario.js";

/** What is asked of a starter. */
export interface Start {
  /** The file, and what it is given. */
  readonly args: readonly string[];
  readonly environment: Environment;
  /** A folder that no other client uses. */
  readonly folder: string;
  /** The folder that it works in. */
  readonly directory: string;
}

/** A client that has been started. */
export interface Running {
  readonly stdout: Readable;
  readonly stderr: Readable;
  readonly hasEnded: () => boolean;
  readonly kill: (signal: NodeJS.Signals) => void;
  /** The exit code, null after a signal, once its output has been read to the end. */
  readonly closed: Promise<number | null>;
}

export type Starter = (start: Start) => Promise<Running>;

/**
 * `fetch` brings its parser as WebAssembly. Optimizing that takes half of the time that a short
 * run takes; the baseline compiler's code does the same.
 */
const NODE_FLAGS = ["--liftoff-only"];

function environmentOf({ environment }: Start): Environment {
  return { PATH: process.env["PATH"] ?? "", ...environment };
}

function startProcess(command: string, args: readonly string[], start: Start): Running {
  const child = spawn(command, args, {
    cwd: start.directory,
    env: environmentOf(start),
    stdio: ["ignore", "pipe", "pipe"],
  });
  const { stdout, stderr } = child;
  const closed = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  return { stdout, stderr, hasEnded, kill: (signal) => child.kill(signal), closed };
}

export const startNode: Starter = (start) =>
  Promise.resolve(startProcess(process.execPath, [...NODE_FLAGS, ...start.args], start));

/** Where processes can't be forked. */
export function pythonStarter(python: string): Starter {
  return (start) => Promise.resolve(startProcess(python, start.args, start));
}

/** One line of `drivers/warm.py`. */
type Told =
  | { readonly id: number; readonly pid: number }
  | { readonly id: number; readonly exitCode: number };

interface Awaited {
  readonly begins: (pid: number) => void;
  readonly ends: (exitCode: number | null) => void;
}

/** After the end of a client, for its output to end too. */
const OUTPUT_MS = 5000;

/** A Python that has imported all that clients need, and forks for each of them. */
export class WarmPython {
  readonly #parent: ChildProcess;
  readonly #clients = new Map<number, Awaited>();
  #started = 0;

  /** @param drivers the folder of `warm.py` */
  constructor(python: string, drivers: string) {
    // In a group of its own: Ctrl-C is for the one who asks, not for it.
    this.#parent = spawn(python, [join(drivers, "warm.py")], {
      env: { PATH: process.env["PATH"] ?? "" },
      stdio: ["pipe", "pipe", "inherit"],
      detached: true,
    });
    // Where it can't be started, it closes as well.
    this.#parent.once("error", () => undefined);
    this.#parent.once("close", () => {
      for (const { ends } of this.#clients.values()) ends(null);
    });
    if (!this.#parent.stdout) throw new Error("The parent of the clients has no output");
    createInterface(this.#parent.stdout).on("line", (line) => {
      this.#hear(JSON.parse(line) as Told);
    });
  }

  stop(): void {
    this.#parent.stdin?.end();
  }

  readonly start: Starter = async (start) => {
    const id = ++this.#started;
    const pipes = ["stdout", "stderr"].map((name) => join(start.folder, name));
    let exitCode: number | null | undefined;
    let ends: Awaited["ends"] = () => undefined;
    const ended = new Promise<number | null>((resolve) => {
      ends = (code) => {
        exitCode = code;
        resolve(code);
      };
    });
    const begun = new Promise<number>((begins) => this.#clients.set(id, { begins, ends }));
    const { args, directory } = start;
    const asked = { id, args, directory, environment: environmentOf(start), pipes };
    this.#parent.stdin?.write(`${JSON.stringify(asked)}\n`);
    const pid = await begun;
    const [stdout, stderr] = pipes.map(reader) as [Socket, Socket];
    const hasEnded = () => exitCode !== undefined;
    return {
      stdout,
      stderr,
      hasEnded,
      kill: (signal) => hasEnded() || process.kill(pid, signal),
      closed: untilClosed(ended, [stdout, stderr]),
    };
  };

  #hear(told: Told): void {
    const client = this.#clients.get(told.id);
    if ("pid" in told) {
      client?.begins(told.pid);
      return;
    }
    this.#clients.delete(told.id);
    client?.ends(told.exitCode < 0 ? null : told.exitCode);
  }
}

/** The end of a pipe, for reading; it doesn't wait for somebody who writes. */
function reader(path: string): Socket {
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    return new Socket({ fd, readable: true, writable: false });
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

async function untilClosed(
  ended: Promise<number | null>,
  streams: readonly Socket[],
): Promise<number | null> {
  const closes = streams.map((stream) => new Promise((resolve) => stream.once("close", resolve)));
  const exitCode = await ended;
  const timer = setTimeout(() => {
    for (const stream of streams) stream.destroy();
  }, OUTPUT_MS);
  await Promise.all(closes);
  clearTimeout(timer);
  return exitCode;
}
