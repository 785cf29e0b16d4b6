/** The companion tests pass as they are generated, and fail where their client is broken. */
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { catalog } from "virtual:catalog";
import { CACHE } from "../../scripts/setup/cache.mjs";
import { ensurePython } from "../../scripts/setup/python.mjs";
import { type Answers, type Recipe, parseRecipe } from "../../src/catalog/recipe.js";
import { jobSamplesOf, languageOf, recipeOf, renderer } from "./support/samples.js";

const blocksOf = (group: string) =>
  catalog.groups.find(({ name }) => name === group)?.blocks.map(({ name }) => name) ?? [];

/** Each way to authenticate with each way to page, and every two answers of jobs that have a test. */
function recipes(language: string): readonly Recipe[] {
  const jobs = jobSamplesOf(languageOf(language)).map(({ recipe }) => recipe);
  const tested = jobs.filter(({ blocks }) => blocks.some(({ name }) => name === "companion-test"));
  return [...paired(language).map(recipeOf), ...tested];
}

/** Each way to authenticate with each way to page, and the other options in turn. */
function paired(language: string): readonly Answers[] {
  const pages = blocksOf("pagination");
  return blocksOf("auth").flatMap((auth, row) =>
    pages.map((pagination, column) => {
      const turn = (group: string) => blocksOf(group)[(row + column) % blocksOf(group).length];
      const options = { language, auth, pagination, retry: turn("retry") ?? "" };
      const rest = { "rate-limit": turn("rate-limit") ?? "", "use-case": turn("use-case") ?? "" };
      const more = blocksOf("extra")[(row + column) % blocksOf("extra").length] ?? "";
      const wanted = {
        options: { ...options, ...rest },
        extras: ["companion-test", more],
        set: {},
      };
      if (parseRecipe(catalog, wanted).ok) return wanted;
      return {
        options: { ...options, "rate-limit": rest["rate-limit"] },
        extras: ["companion-test"],
        set: {},
      };
    }),
  );
}

let folder: string;
beforeAll(() => {
  mkdirSync(CACHE, { recursive: true });
  folder = mkdtempSync(join(CACHE, "companion-")); // in the project, where packages are found
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Writes a client and the files beside it, and returns the name of its test. */
function write(recipe: Recipe, name: string, edit = (code: string) => code): string {
  const client = renderer.file(recipe);
  const fileName = name + extname(client.fileName);
  writeFileSync(join(folder, fileName), edit(client.text));
  const beside = renderer.filesBeside(recipe, fileName);
  for (const file of beside) writeFileSync(join(folder, file.fileName), file.text);
  return beside.find((file) => /^test_|\.test\.mjs$/.test(file.fileName))?.fileName ?? "";
}

/** What the language's own runner says of these files, and how it ends. */
async function run(language: string, names: readonly string[]) {
  const isPython = language === "python";
  const command = isPython ? await ensurePython() : process.execPath;
  const args = isPython
    ? ["-m", "pytest", "-q", "--tb=line", "-p", "no:cacheprovider", ...names]
    : ["--test", "--test-reporter=tap", "--test-concurrency=4", ...names];
  const env = { PATH: process.env["PATH"], PYTHONDONTWRITEBYTECODE: "1" };
  return new Promise<{ code: number; output: string }>((resolve) => {
    const options = { cwd: folder, env, maxBuffer: 2 ** 26 };
    execFile(command, args, options, (error, stdout) => {
      resolve({ code: error ? Number(error.code) : 0, output: stdout });
    });
  });
}

/** What a user may break, and the test that tells of it. */
const FAULTS: Readonly<Record<string, readonly (readonly [string, RegExp, string])[]>> = {
  javascript: [
    ["sends its credentials", /Bearer \$\{config\.API_TOKEN\}/, "Bearer "],
    [
      "reads every record",
      /for \(const record of recordsOf\(data\)\) yield record/,
      "if (seen.size !== 1) for (const record of recordsOf(data)) yield record",
    ],
    ["tries again", /const MAX_ATTEMPTS = 5/, "const MAX_ATTEMPTS = 1"],
    ["makes an ApiError", /if \(ok\) return/, "if (status < 500) return"],
    ["refuses a bad configuration", /if \(problems\.length > 0\) throw/, "if (false) throw"],
  ],
  python: [
    ["sends_its_credentials", /f"Bearer \{.*\}"/, '"Bearer "'],
    [
      "reads_every_record",
      /yield from records_of\(data\)/,
      "yield from records_of(data)[len(seen) == 1:]",
    ],
    ["tries_again", /MAX_ATTEMPTS = 5/, "MAX_ATTEMPTS = 1"],
    ["makes_an_api_error", /if status < 300:/, "if status < 500:"],
    ["refuses_a_bad_configuration", /if broken:/, "if False:"],
  ],
};

const SERVICE_FAULTS: typeof FAULTS = {
  javascript: [
    ["serves every item", /this\.#client\.paginate\(options\)/, "[]"],
    ["gets an item", /encodeURIComponent\(id\)/, "id"],
  ],
  python: [
    ["serves_every_item", /self\._client\.paginate\(\*\*filters\)/, "iter(())"],
    ["gets_an_item", /quote\(item_id, safe=''\)/, "item_id"],
  ],
};

describe.each(["javascript", "python"])("in %s", (language) => {
  test("the tests of every client pass", async () => {
    const names = recipes(language).map((recipe, index) => {
      const words = recipe.blocks.map(({ name }) => name).join("-");
      return write(recipe, `${index}-${words}`);
    });
    const { code, output } = await run(language, names);
    const failed = output.split("\n").filter((line) => /^\s*not ok|^FAILED|^ERROR/.test(line));
    expect({ code, failed }).toEqual({ code: 0, failed: [] });
    const passed = Number(/^# pass (\d+)|(\d+) passed/m.exec(output)?.slice(1).join(""));
    expect(passed).toBeGreaterThan(3 * names.length);
  });

  const ofService = SERVICE_FAULTS[language] ?? [];
  const faults = [
    ...(FAULTS[language] ?? []).map((fault) => ["export", ...fault] as const),
    ...ofService.map((fault) => ["service", ...fault] as const),
  ];
  test.each(faults)("a broken client fails: %s, %s", async (useCase, title, found, broken) => {
    const group = { auth: "bearer", pagination: "cursor", retry: "exponential" };
    const options = { language, ...group, "use-case": useCase };
    const edit = (code: string) => {
      expect(code).toMatch(found);
      return code.replace(found, broken);
    };
    const recipe = recipeOf({ options, extras: ["companion-test"], set: {} });
    const name = write(recipe, "broken", edit);
    const { code, output } = await run(language, [name]);
    expect(code).toBe(1);
    expect(
      output
        .split("\n")
        .filter((line) => /^\s*not ok|^FAILED/.test(line))
        .join(),
    ).toContain(title);
  });
});
