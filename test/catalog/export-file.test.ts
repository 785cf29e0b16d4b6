/** The export to a file, run against the sandbox: a file is whole, or as it was. */
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { SANDBOX_CREDENTIALS, type SessionOptions } from "../../src/sandbox/index.js";
import { sandboxForFile } from "../unit/sandbox/support.js";
import { runRecipe } from "./support/run-client.js";

const sandbox = await sandboxForFile();
let folder = "";
let output = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "export-file-"));
  output = join(folder, "items.jsonl");
  writeFileSync(output, "old\n");
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe.each(["javascript", "python"])("in %s", (language) => {
  const run = (session: SessionOptions, extras: readonly string[] = []) => {
    const answers = {
      options: { language, auth: "bearer", pagination: "cursor", retry: "none" },
      extras,
      set: { outputFile: output, ...(extras.length > 0 ? {} : { output: "file" }) },
    };
    const { baseUrl } = sandbox.session({ auth: "bearer", pagination: "cursor", ...session });
    return runRecipe(answers, { ...SANDBOX_CREDENTIALS, API_BASE_URL: baseUrl });
  };
  const ids = () =>
    readFileSync(output, "utf8")
      .trim()
      .split("\n")
      .map((line) => (JSON.parse(line) as { id: unknown }).id);

  test("replaces the file when all is there", async () => {
    expect((await run({ records: 250 })).exitCode).toBe(0);
    expect(new Set(ids()).size).toBe(250);
    expect(readdirSync(folder)).toEqual(["items.jsonl"]);
  });

  test("leaves the file and nothing else where a later page fails", async () => {
    expect((await run({ steps: [{}, { status: 500 }] })).exitCode).toBe(69);
    expect(readFileSync(output, "utf8")).toBe("old\n");
    expect(readdirSync(folder)).toEqual(["items.jsonl"]);
  });

  test("exits 74 where the file can't be written", async () => {
    rmSync(folder, { recursive: true });
    const { exitCode, logs } = await run({});
    expect([exitCode, logs.length]).toEqual([74, 1]);
  });

  test("with a checkpoint, keeps the old file beside what is not complete", async () => {
    const { exitCode } = await run({ steps: [{}, { status: 500 }] }, ["checkpoint"]);
    expect([exitCode, readFileSync(output, "utf8")]).toEqual([69, "old\n"]);
    expect(readdirSync(folder)).toContain("items.jsonl.checkpoint");
    expect(readFileSync(`${output}.part`, "utf8").trim().split("\n")).toHaveLength(100);
  });
});
