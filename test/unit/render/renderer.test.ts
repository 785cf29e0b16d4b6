import { Buffer } from "node:buffer";
import { beforeAll, describe, expect, test } from "vitest";
import { catalogModule } from "../../../scripts/catalog-module.mjs";
import { type Catalog, findBlock, findLanguage } from "../../../src/catalog/catalog.js";
import type { TemplateFiles } from "../../../src/catalog/load.js";
import { type Answers, parseRecipe } from "../../../src/catalog/recipe.js";
import { type Parts, Renderer } from "../../../src/render/renderer.js";
import { extraTemplates, extras, fixtureFiles } from "../catalog/fixture.js";

async function load(files: TemplateFiles): Promise<{ catalog: Catalog; parts: Parts }> {
  const code = Buffer.from(await catalogModule(files)).toString("base64");
  return (await import(`data:text/javascript;base64,${code}`)) as {
    catalog: Catalog;
    parts: Parts;
  };
}

let catalog: Catalog;
let renderer: Renderer;

beforeAll(async () => {
  const loaded = await load(fixtureFiles());
  catalog = loaded.catalog;
  renderer = new Renderer(catalog, loaded.parts);
});

function recipe(options: Answers["options"], set: Answers["set"] = {}) {
  const parsed = parseRecipe(catalog, { options, set });
  if (!parsed.ok) throw new Error(parsed.problems.join("\n"));
  return parsed.value;
}

function block(id: string, name: string) {
  const found = findBlock(catalog, id);
  const language = findLanguage(catalog, name);
  if (!found || !language) throw new Error(`${id} or ${name} is missing`);
  return [found, language] as const;
}

describe("a file", () => {
  test("holds the chosen block, its settings and the imports that it uses", () => {
    const { fileName, text } = renderer.file(recipe({}, { pageSize: 20, path: "`${x}`\n" }));
    expect(fileName).toBe("client.mjs");
    expect(text).toBe(
      [
        '// pages {"language":"javascript","paging":"pages","set":{"pageSize":20,"path":"`${x}`\\n"}}',
        'import { sleep } from "node:timers/promises";',
        "const PAGE_SIZE = 20; // records per page",
        'const PATH = "`${x}`\\n"; // where',
        "await sleep(1);",
        '  get(PATH, PAGE_SIZE, `${"$}"}`);',
        "  fast();",
        "main();",
        "",
      ].join("\n"),
    );
  });

  test("follows a choice", () => {
    expect(renderer.file(recipe({}, { mode: "slow" })).text).not.toContain("fast();");
  });

  test("holds nothing of what isn't chosen", () => {
    expect(renderer.file(recipe({ paging: "none" })).text).toBe(
      '// no paging {"language":"javascript","paging":"none"}\n\nget();\nmain();\n',
    );
  });

  test("is in the language chosen", () => {
    const { text } = renderer.file(recipe({ language: "python", paging: "none" }));
    expect(text).toContain("# no paging");
    expect(text).toContain("get()\nmain()\n");
  });

  test("can't be changed", () => {
    const file = renderer.file(recipe({}));
    expect(() => Object.assign(file, { text: "" })).toThrow(TypeError);
    expect(() => Object.assign(catalog, { groups: [] })).toThrow(TypeError);
  });
});

test("a file as a snippet has its settings as tab stops", () => {
  const text = renderer.fileSnippet(recipe({}));
  expect(text).toContain(
    'const PAGE_SIZE = ${1:10}; // records per page\nconst PATH = ${2:"/v1"}; // where\n',
  );
  expect(text).toContain('\tget(PATH, PAGE_SIZE, `\\${"\\$\\}"\\}`);');
});

describe("a block", () => {
  test("stands alone with its defaults", () => {
    expect(renderer.block(...block("paging/pages", "javascript"))).toBe(
      'const PAGE_SIZE = 10; // records per page\nconst PATH = "/v1"; // where\n  get(PATH, PAGE_SIZE, `${"$}"}`);\n  fast();\n',
    );
  });

  test("as a snippet has tab stops", () => {
    expect(renderer.blockSnippet(...block("paging/pages", "javascript"))).toMatch(
      /^const PAGE_SIZE = \$\{1:10\}; \/\/ records per page\n/,
    );
  });

  test("takes what its group gives for all of its blocks", () => {
    expect(renderer.block(...block("logging/lines", "javascript"))).toBe("log();\n");
  });

  test("without a template tells which part is missing", () => {
    expect(() => renderer.block(...block("logging/lines", "python"))).toThrow(
      'There is no template part "logging/snippet" for Python.',
    );
  });
});

describe("extras", () => {
  async function rendered(ticked: readonly string[], language = "javascript") {
    const loaded = await load({ ...fixtureFiles(extras), ...extraTemplates });
    const options = { paging: language === "python" ? "none" : "pages", language };
    const parsed = parseRecipe(loaded.catalog, { options, set: {}, extras: ticked });
    if (!parsed.ok) throw new Error(parsed.problems.join());
    const { file, beside } = {
      file: new Renderer(loaded.catalog, loaded.parts).file(parsed.value),
      beside: new Renderer(loaded.catalog, loaded.parts).filesBeside(parsed.value, "mine.mjs"),
    };
    return { text: file.text, beside: beside.map(({ fileName, text }) => [fileName, text]) };
  }

  test("fill the same slot one after the other", async () => {
    const { text } = await rendered(["notes", "trace"]);
    expect(text).toContain("trace(TRACE_FILE);\nnote();\n");
    expect(text).toContain('const TRACE_FILE = "t"; // where traces go');
    expect(text).toContain('"extras":["trace","notes"]');
  });

  test("leave no trace where there are none", async () => {
    expect((await rendered([])).text).toBe(renderer.file(recipe({})).text);
  });

  test("may have files of their own, named after the client", async () => {
    expect((await rendered(["notes"])).beside).toEqual([["mine.notes.txt", "About mine: pages\n"]]);
    expect((await rendered(["trace"])).beside).toEqual([]);
    expect((await rendered(["trace"], "python")).beside).toEqual([]);
  });
});
