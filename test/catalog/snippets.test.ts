/** The static snippets: in step with the templates, and clean as they are inserted. */
import { describe, expect, test } from "vitest";
import { catalog } from "virtual:catalog";
import { driftedFiles } from "../../scripts/snippets.mjs";
import { allBlocks } from "../../src/catalog/catalog.js";
import * as eslint from "./support/eslint.js";
import * as prettier from "./support/prettier.js";
import { pyrightFindings } from "./support/pyright.js";
import * as ruff from "./support/ruff.js";
import { languageOf, renderer } from "./support/samples.js";
import { wideLines } from "./support/size.js";
import { snippetsOf } from "./support/snippets.js";
import { expandSnippet } from "./support/text-mate.js";
import { syntaxFindings, typeFindings } from "./support/typescript.js";

const javascript = snippetsOf("javascript");
const python = snippetsOf("python");

test("the files are what the templates say; else run: npm run snippets", async () => {
  expect(await driftedFiles()).toEqual([]);
});

describe("expandSnippet", () => {
  test.each([
    ["a default", "a = ${1:1};", "a = 1;\n"],
    ["what is escaped in it", 'a = ${1:"\\}\\$\\\\"};', 'a = "}$\\";\n'],
    ["a default within a default", "${1:a ${2:b} c}", "a b c\n"],
    ["nothing", "f($1)$0${2}", "f()\n"],
    ["no value of a variable", "$TM_FILENAME${BLOCK:x}", "x\n"],
    ["indentation", "a\n\t\t b\n", "a\n     b\n\n"],
  ])("puts %s in its place", (_, body, text) => {
    expect(expandSnippet(body.split("\n"), 2)).toBe(text);
  });

  test.each(["a $ b", "${1:open", "${x}"])("refuses %s", (body) => {
    expect(() => expandSnippet([body], 2)).toThrow(SyntaxError);
  });
});

describe.each([
  ["javascript", javascript],
  ["python", python],
])("in %s", (name, snippets) => {
  const language = languageOf(name);

  test("every block has one, with a prefix of its own that starts with api-", () => {
    const blocks = allBlocks(catalog).filter((block) => block.snippet);
    const prefixes = snippets.map(({ prefix }) => prefix);
    expect(prefixes).toEqual(blocks.map((block) => block.snippet?.prefix));
    expect(prefixes.filter((prefix) => !/^api-[a-z0-9-]+$/.test(prefix))).toEqual([]);
    expect(new Set(prefixes).size).toBe(prefixes.length);
    expect(snippets.filter(({ description }) => description === "")).toEqual([]);
  });

  test("every character survives insertion", () => {
    const blocks = allBlocks(catalog).filter((block) => block.snippet);
    for (const [index, block] of blocks.entries()) {
      expect(snippets[index]?.text).toBe(renderer.block(block, language));
    }
  });

  test("the settings are tab stops, in order", () => {
    for (const { body } of snippets) {
      const stops = Array.from(body.join("\n").matchAll(/(?<!\\)\$\{(\d+):/g), ([, n]) => n);
      expect(stops).toEqual(stops.map((_, index) => String(index + 1)));
    }
  });

  test("no line is wider than 100 columns", () => {
    expect(wideLines(snippets)).toBe("");
  });
});

describe("in JavaScript, every snippet is clean under", () => {
  test("prettier", async () => {
    expect(await prettier.formatFindings(javascript)).toBe("");
  });

  test("eslint", () => {
    expect(eslint.lintFindings(javascript)).toBe("");
  });

  test("tsc --checkJs --strict", () => {
    expect(typeFindings(javascript)).toBe("");
  });

  test("tsc as part of a TypeScript file, as far as syntax goes", () => {
    expect(syntaxFindings(javascript)).toBe("");
  });
});

describe("in Python, every snippet is clean under", () => {
  test("ruff's formatter", () => {
    expect(ruff.formatFindings(python)).toBe("");
  });

  test("ruff", () => {
    expect(ruff.lintFindings(python)).toBe("");
  });

  test("pyright's strict mode", async () => {
    expect(await pyrightFindings(python)).toBe("");
  });
});
