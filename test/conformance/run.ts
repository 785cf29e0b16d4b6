/** Runs a generated file as its user does, and takes down what it did. */
import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import type { LoggedRequest } from "../../src/sandbox/index.js";
import type { Start, Starter } from "./processes.js";
import type { Interference } from "./scenario.js";

export interface Command extends Start {
  readonly starter: Starter;
  readonly limitMs: number;
  readonly interference: Interference;
  /** What the server has been sent so far. */
  readonly requests: readonly LoggedRequest[];
  /** What goes on while the client runs; it has ended when both have. */
  readonly meanwhile?: ((running: Running) => Promise<unknown>) | undefined;
}

/** What can be seen of a client while it runs. */
export interface Running {
  /** What it has said so far. */
  readonly output: { readonly stdout: string; readonly stderr: string };
  readonly hasEnded: () => boolean;
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
  const earlier = asked.requests.length;
  const client = await asked.starter(asked);
  let isKilled = false;
  const timer = setTimeout(() => {
    isKilled = true;
    client.kill("SIGKILL");
  }, asked.limitMs);
  const output = { stdout: "", stderr: "" };
  client.stdout.setEncoding("utf8").on("data", (text: string) => {
    output.stdout += text;
    if (asked.interference.closesStdout) client.stdout.destroy();
  });
  client.stderr.setEncoding("utf8").on("data", (text: string) => (output.stderr += text));
  const meanwhile = asked.meanwhile?.({ output, hasEnded: client.hasEnded });
  meanwhile?.catch(() => {
    client.kill("SIGKILL");
  });
  const { signal } = asked.interference;
  if (signal) {
    const awaited = earlier + signal.afterRequests;
    while (!client.hasEnded() && asked.requests.length < awaited) await sleep(10);
    await sleep(signal.laterMs ?? SIGNAL_AFTER_MS);
    client.kill(signal.name);
  }
  const exitCode = await client.closed;
  clearTimeout(timer);
  await meanwhile;
  return { exitCode, ...output, startedAt, endedAt: performance.now(), isKilled };
}
