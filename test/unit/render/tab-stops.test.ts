import { expect, test } from "vitest";
import { markTabStop, toSnippet } from "../../../src/render/tab-stops.js";

test.each([
  ["plain text", "a = 1;", "a = 1;"],
  ["what the snippet syntax reads", "`${a}` \\n $1", "`\\${a\\}` \\\\n \\$1"],
  ["marks", `a = ${markTabStop("1")}; b = ${markTabStop('"x}"')};`, 'a = ${1:1}; b = ${2:"x\\}"};'],
  [
    "whole levels of indentation",
    "if (x) {\n  if (y) {\n    z();\n",
    "if (x) {\n\tif (y) {\n\t\tz();\n".replace(/\}/g, "\\}"),
  ],
  ["half a level", "/**\n   * x\n", "/**\n\t * x\n"],
])("toSnippet keeps or escapes %s", (_, code, snippet) => {
  expect(toSnippet(code, 2)).toBe(snippet);
});

test("levels are as wide as the language says", () => {
  expect(toSnippet("    a\n        b", 4)).toBe("\ta\n\t\tb");
});
