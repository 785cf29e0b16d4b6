/** Jobs with a checkpoint, run against the sandbox: nothing but they may change their files. */
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { SANDBOX_CREDENTIALS, type Session, type SessionOptions } from "../../src/sandbox/index.js";
import { sandboxForFile } from "../unit/sandbox/support.js";
import { runRecipe } from "./support/run-client.js";

const sandbox = await sandboxForFile();
let folder = "";
let output = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "job-files-"));
  output = join(folder, "items.jsonl");
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

const JOBS = [
  { job: "a sync job", useCase: "sync-job", extras: [], written: "items.jsonl" },
  { job: "an export", useCase: "export", extras: ["checkpoint"], written: "items.jsonl.part" },
].flatMap((job) => ["javascript", "python"].map((language) => ({ ...job, language })));

describe.each(JOBS)("$job in $language", ({ language, useCase, extras, written }) => {
  const start = (options: SessionOptions = {}) =>
    sandbox.session({ auth: "bearer", pagination: "cursor", ...options });
  const run = ({ baseUrl }: Session, args: readonly string[] = []) => {
    const options = { language, auth: "bearer", pagination: "cursor", retry: "none" };
    const answers = {
      options: { ...options, "use-case": useCase },
      extras,
      set: { outputFile: output },
    };
    return runRecipe(answers, { ...SANDBOX_CREDENTIALS, API_BASE_URL: baseUrl }, args);
  };

  test.each(["--chek", "--help", "restart"])("refuses %s and starts nothing", async (argument) => {
    const session = start();
    const { exitCode, logs } = await run(session, ["--restart", argument]);
    expect([exitCode, session.requests.length]).toEqual([64, 0]);
    expect(logs).toMatchObject([{ message: expect.stringContaining("--restart") as string }]);
    expect(readdirSync(folder)).toEqual([]);
  });

  test("keeps what it has where the checkpoint can't be read, with --restart too", async () => {
    writeFileSync(output, "old\n");
    mkdirSync(`${output}.checkpoint`);
    const { exitCode, logs } = await run(start(), ["--restart"]);
    expect([exitCode, logs.length, readFileSync(output, "utf8")]).toEqual([74, 1, "old\n"]);
  });

  test("ends where something else writes to its file, and loses nothing by that", async () => {
    const session = start({ records: 250, steps: ["ok", { delayMs: 1000 }] });
    const first = run(session);
    while (session.requests.length < 2) await sleep(5);
    appendFileSync(join(folder, written), "strange\n");
    expect((await first).exitCode).toBe(75);
    expect((await run(session)).exitCode).toBe(0);
    const lines = readFileSync(output, "utf8").trim().split("\n");
    const ids = lines.map((line) => (JSON.parse(line) as { id: string }).id);
    expect([ids.length, new Set(ids).size]).toEqual([250, 250]);
  });
});
