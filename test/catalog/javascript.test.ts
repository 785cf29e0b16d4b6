import js from "@eslint/js";
import { Linter } from "eslint";
import globals from "globals";
import { format } from "prettier";
import { expect, test } from "vitest";
import { Findings, firstDifference } from "./support/findings.js";
import { languageOf, samplesOf } from "./support/samples.js";
import { common, largest, lines, wideLines } from "./support/size.js";
import { typeFindings } from "./support/typescript.js";

const samples = samplesOf(languageOf("javascript"));

const LINT: Linter.Config[] = [
  js.configs.recommended,
  {
    languageOptions: { sourceType: "module", globals: globals.nodeBuiltin },
    linterOptions: { noInlineConfig: true },
    rules: { eqeqeq: "error", "no-var": "error", "prefer-const": "error", "no-shadow": "error" },
  },
];

test("every client is as prettier formats it", async () => {
  const findings = new Findings();
  for (const { name, text } of samples) {
    const formatted = await format(text, { parser: "babel", printWidth: 100 });
    const difference = firstDifference(text, formatted);
    if (difference) findings.add(difference, name);
  }
  expect(String(findings)).toBe("");
});

test("every client is clean under eslint", () => {
  const findings = new Findings();
  const linter = new Linter();
  for (const { name, text } of samples) {
    for (const { ruleId, message, line } of linter.verify(text, LINT)) {
      findings.add(`${ruleId ?? ""} ${message}: ${text.split("\n")[line - 1] ?? ""}`, name);
    }
  }
  expect(String(findings)).toBe("");
});

test("every client is clean under tsc --checkJs --strict", () => {
  expect(typeFindings(samples)).toBe("");
});

test("so it is in a project that has the browser's types too", () => {
  const both = ["lib.es2023.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"];
  expect(typeFindings([common(samples), largest(samples)], both)).toBe("");
});

test("no line is wider than 100 columns", () => {
  expect(wideLines(samples)).toBe("");
});

test("a common client has at most 300 lines, the largest at most 600", () => {
  const [usual, most] = [common(samples), largest(samples)];
  console.log(`JavaScript: ${lines(usual)} lines; largest ${lines(most)} (${most.name})`);
  expect(lines(usual)).toBeLessThanOrEqual(300);
  expect(lines(most)).toBeLessThanOrEqual(600);
});
