/** Runs a generated file as its user does, and takes down what it did. */
import { spawn } from "node:child_process";
import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import type { LoggedRequest } from "../../src/sandbox/index.js";
import type { Environment, Interference } from "./scenario.js";

export interface Command {
  readonly command: string;
  readonly args: readonly string[];
  readonly environment: Environment;
  readonly limitMs: number;
  readonly interference: Interference;
  /** What the server has been sent so far. */
  readonly requests: readonly LoggedRequest[];
}

export interface Ran {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly startedAt: number;
  readonly endedAt: number;
  /** It had to be killed as it didn't end in time. */
  readonly isKilled: boolean;
}

/** Between the request that a signal waits for and the signal. */
const SIGNAL_AFTER_MS = 150;

export async function runClient(asked: Command): Promise<Ran> {
  const startedAt = performance.now();
  const child = spawn(asked.command, asked.args, {
    env: { PATH: process.env["PATH"] ?? "", ...asked.environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let isKilled = false;
  const timer = setTimeout(() => {
    isKilled = true;
    child.kill("SIGKILL");
  }, asked.limitMs);
  const output = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output.stdout += text;
    if (asked.interference.closesStdout) child.stdout.destroy();
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => (output.stderr += text));
  const closed = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  const { signal } = asked.interference;
  if (signal) {
    while (child.exitCode === null && asked.requests.length < signal.afterRequests) await sleep(10);
    await sleep(signal.laterMs ?? SIGNAL_AFTER_MS);
    child.kill(signal.name);
  }
  const exitCode = await closed;
  clearTimeout(timer);
  return { exitCode, ...output, startedAt, endedAt: performance.now(), isKilled };
}
