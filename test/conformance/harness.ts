/** Tries a scenario with a recipe: render, run, judge. */
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Sandbox, startSandbox } from "../../src/sandbox/index.js";
import type { Session, SessionOptions } from "../../src/sandbox/index.js";
import { ensurePython } from "../../scripts/setup/python.mjs";
import { renderer } from "../catalog/support/samples.js";
import { type Starter, WarmPython, pythonStarter, startNode } from "./processes.js";
import { QUICK, changed } from "./changes.js";
import { readFiles, readFound } from "./files.js";
import { recipeWith } from "./recipes.js";
import { RedisDatabases } from "./redis/databases.js";
import { closedOrigin } from "./closed-origin.js";
import { FullOrigin } from "./full-origin.js";
import { type Ran, runClient } from "./run.js";
import {
  type Break,
  type Choices,
  type Outcome,
  type Place,
  type Scenario,
  type Seen,
  type Workplace,
  keepsTokens,
  logsIn,
} from "./scenario.js";
import { summary } from "./summary.js";
import { TOKEN_FILE, prepareTokenFile } from "./token-file.js";

const LIMIT_MS = 30_000;
const CAN_FORK = process.platform !== "win32";

/** A scenario that is ready to be run with a recipe. */
export interface Prepared {
  readonly scenario: Scenario;
  readonly place: Place;
  readonly session: Session;
  readonly fileName: string;
  readonly text: string;
}

/** What clients run with, where it isn't the project's own. */
export interface Using {
  /** A folder `node_modules`. */
  readonly packages?: string;
  readonly python?: string;
}

export class Harness {
  readonly #api: Sandbox;
  readonly #elsewhere: Sandbox;
  readonly #folder: string;
  readonly #closed: string;
  readonly #full: FullOrigin;
  readonly #drivers: string;
  readonly #starters: Readonly<Record<Choices["language"], Starter>>;
  readonly #warmPython: WarmPython | undefined;
  readonly #redis = new RedisDatabases();
  #tried = 0;

  private constructor(
    api: Sandbox,
    elsewhere: Sandbox,
    folder: string,
    closed: string,
    full: FullOrigin,
    drivers: string,
    python: string,
  ) {
    this.#api = api;
    this.#elsewhere = elsewhere;
    this.#folder = folder;
    this.#closed = closed;
    this.#full = full;
    this.#drivers = drivers;
    this.#warmPython = CAN_FORK ? new WarmPython(python, drivers) : undefined;
    this.#starters = {
      javascript: startNode,
      python: this.#warmPython?.start ?? pythonStarter(python),
    };
  }

  /**
   * @param drivers the folder of the drivers
   * @param using where clients find their packages, and the interpreter of those in Python
   */
  static async start(drivers: string, using: Using = {}): Promise<Harness> {
    const folder = await mkdtemp(join(tmpdir(), "conformance-"));
    const packages = using.packages ?? join(drivers, "..", "..", "..", "node_modules");
    await symlink(packages, join(folder, "node_modules"), "junction");
    return new Harness(
      await startSandbox(),
      await startSandbox(),
      folder,
      await closedOrigin(),
      await FullOrigin.start(),
      drivers,
      using.python ?? (await ensurePython()),
    );
  }

  async stop(): Promise<void> {
    this.#warmPython?.stop();
    await this.#api.close();
    await this.#elsewhere.close();
    await this.#redis.stop();
    await this.#full.stop();
    await rm(this.#folder, { recursive: true });
  }

  /**
   * Throws what the judge throws.
   * @param change breaks the file on purpose
   */
  async try(scenario: Scenario, choices: Choices, change: Break = []): Promise<void> {
    await this.run(this.prepare(scenario, choices, change));
  }

  /** Throws what the judge throws. */
  async run(prepared: Prepared): Promise<void> {
    const seen = await this.#see(prepared);
    this.discard(prepared);
    try {
      if (seen.isKilled) throw new Error("The process didn't end in time");
      prepared.scenario.judge(seen);
    } catch (error) {
      throw new Error(`${String(error)}\n${summary(seen)}`, { cause: error });
    }
  }

  prepare(scenario: Scenario, choices: Choices, change: Break = []): Prepared {
    const base = sessionOf(choices);
    const place: Place = {
      choices,
      elsewhere: this.#elsewhere.session(base),
      api: this.#api.origin,
      closed: this.#closed,
      full: this.#full.origin,
    };
    const session = this.#api.session({ ...base, ...of(scenario.session, place) });
    const values = { ...QUICK, ...of(scenario.set, place) };
    const { fileName, text } = renderer.file(recipeWith(choices, values));
    const changes = [...(scenario.edits?.(place) ?? []), ...change];
    return { scenario, place, session, fileName, text: changed(text, changes) };
  }

  /** Lets go what the servers keep for it. */
  discard({ place, session }: Prepared): void {
    this.#api.forget(session);
    this.#elsewhere.forget(place.elsewhere);
  }

  /** The file's text, without what differs each time that the servers are started. */
  lastingText({ place, text }: Prepared): string {
    const origins = [place.api, new URL(place.elsewhere.baseUrl).origin, place.closed, place.full];
    return origins.reduce((so, origin, index) => so.replaceAll(origin, `origin ${index}`), text);
  }

  async #see({ scenario, place, session, fileName, text }: Prepared): Promise<Seen> {
    const { choices } = place;
    const { interference = {}, limitMs = LIMIT_MS } = scenario;
    const folder = join(this.#folder, String(++this.#tried));
    const directory = join(folder, "work");
    await mkdir(directory, { recursive: true });
    const given = {
      ...session.environment,
      ...(keepsTokens(choices) ? { API_TOKEN_STORE: join(folder, TOKEN_FILE) } : {}),
      ...(await this.#redis.environment(choices)),
    };
    const environment = scenario.environment?.(given, place) ?? given;
    if (scenario.before) await scenario.before(given);
    else if (logsIn(choices)) await prepareTokenFile(given, session);
    const file = join(folder, fileName);
    await writeFile(file, text);
    const calls = typeof scenario.calls === "function" ? scenario.calls(choices) : scenario.calls;
    const args = calls
      ? [this.#driver(choices), file, JSON.stringify(calls)]
      : [file, ...(scenario.args ?? [])];
    const starter = this.#starters[choices.language];
    const { requests } = session;
    const run = { starter, args, environment, folder, directory, limitMs, requests };
    const others: Ran[] = [];
    const again: Workplace["again"] = async ({ args: given, ...otherwise } = {}) => {
      const pipes = await mkdtemp(join(folder, "again-"));
      const changes = { ...otherwise, ...(given ? { args: [file, ...given] } : {}) };
      const other = await runClient({ ...run, interference: {}, folder: pipes, ...changes });
      others.push(other);
      return other;
    };
    const workplace = { session, environment, directory, again };
    await scenario.earlier?.(workplace);
    const { meanwhile } = scenario;
    const ran = await runClient({
      ...run,
      interference,
      meanwhile: meanwhile && ((running) => meanwhile({ ...running, ...workplace })),
    });
    const tokenFile = await readFound(given.API_TOKEN_STORE ?? "");
    const files = await readFiles(directory);
    const filesBeside = await readdir(folder);
    await rm(folder, { recursive: true });
    const lines = jsonLines(ran.stdout);
    return {
      ...place,
      ...ran,
      session,
      requests: requests.filter(({ kind }) => kind === "api"),
      tokenRequests: requests.filter(({ kind }) => kind === "token"),
      lines,
      outcomes: calls ? (lines as Outcome[]) : [],
      logs: jsonLines(ran.stderr) as Seen["logs"],
      others,
      tokenFile,
      files,
      filesBeside,
    };
  }

  #driver({ language }: Choices): string {
    return join(this.#drivers, language === "python" ? "driver.py" : "driver.mjs");
  }
}

function sessionOf({ auth, pagination }: Choices): SessionOptions {
  return { auth, pagination } as SessionOptions;
}

function of<T>(given: T | ((place: Place) => T) | undefined, place: Place): T | undefined {
  return typeof given === "function" ? (given as (place: Place) => T)(place) : given;
}

/** The lines that are JSON; a judge that wants all of them counts. */
function jsonLines(text: string): unknown[] {
  return text.split("\n").flatMap((line) => {
    try {
      return [JSON.parse(line) as unknown];
    } catch {
      return [];
    }
  });
}
