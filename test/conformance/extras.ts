/** Runs clients with extras as scripts, against a session of the sandbox. */
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  type Sandbox,
  type Session,
  type SessionOptions,
  startSandbox,
} from "../../src/sandbox/index.js";
import { ensurePython } from "../../scripts/setup/python.mjs";
import { recipeOf, renderer } from "../catalog/support/samples.js";
import { type Starter, pythonStarter, startNode } from "./processes.js";
import { type Ran, runClient } from "./run.js";
import type { Environment, Fields, Interference } from "./scenario.js";

export const LANGUAGES = ["javascript", "python"] as const;

export interface Asked {
  readonly language: (typeof LANGUAGES)[number];
  readonly extras: readonly string[];
  readonly options?: Readonly<Record<string, string>>;
  readonly set?: Fields;
  readonly session?: SessionOptions;
  readonly environment?: Environment;
  readonly interference?: Interference;
}

export interface Told extends Ran {
  readonly text: string;
  readonly session: Session;
  readonly records: readonly unknown[];
  readonly logs: readonly Readonly<Record<string, unknown>>[];
}

/** Waits that let a run be over quickly. */
const QUICK: Fields = { baseDelayMs: 20, maxDelayMs: 100 };
const PACKAGES = fileURLToPath(new URL("../../node_modules", import.meta.url));

export class ExtrasRunner {
  #runs = 0;

  private constructor(
    private readonly sandbox: Sandbox,
    private readonly folder: string,
    private readonly starters: Readonly<Record<Asked["language"], Starter>>,
  ) {}

  static async start(): Promise<ExtrasRunner> {
    const folder = await mkdtemp(join(tmpdir(), "extras-"));
    await symlink(PACKAGES, join(folder, "node_modules"), "junction");
    const starters = { javascript: startNode, python: pythonStarter(await ensurePython()) };
    return new ExtrasRunner(await startSandbox(), folder, starters);
  }

  async stop(): Promise<void> {
    await this.sandbox.close();
    await rm(this.folder, { recursive: true });
  }

  async run(asked: Asked): Promise<Told> {
    const { language, extras, set, interference = {} } = asked;
    const options = {
      auth: "bearer",
      pagination: "cursor",
      retry: "exponential",
      ...asked.options,
    };
    const recipe = recipeOf({ options: { language, ...options }, set: { ...set }, extras });
    const quick = Object.entries(QUICK).filter(([name]) => name in recipe.values);
    const { fileName, text } = renderer.file({
      ...recipe,
      values: { ...recipe.values, ...Object.fromEntries(quick) },
    });
    const { auth, pagination } = options;
    const session = this.sandbox.session({ auth, pagination, ...asked.session } as SessionOptions);
    const folder = join(this.folder, String(++this.#runs));
    await mkdir(folder);
    await writeFile(join(folder, fileName), text);
    const ran = await runClient({
      starter: this.starters[language],
      args: [join(folder, fileName)],
      environment: { ...session.environment, ...asked.environment },
      folder,
      limitMs: 30_000,
      interference,
      requests: session.requests,
    });
    return {
      ...ran,
      text,
      session,
      records: lines(ran.stdout),
      logs: lines(ran.stderr) as Told["logs"],
    };
  }
}

/** A process that was interrupted may leave half a line at the end. */
function lines(text: string): unknown[] {
  return text
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line) as unknown);
}
