import { expect, test } from "vitest";
import { lintFindings } from "./support/eslint.js";
import { formatFindings } from "./support/prettier.js";
import { languageOf, samplesOf } from "./support/samples.js";
import { common, largest, lines, plain, wideLines } from "./support/size.js";
import { typeFindings } from "./support/typescript.js";

const samples = samplesOf(languageOf("javascript"));

test("every client is as prettier formats it", async () => {
  expect(await formatFindings(samples)).toBe("");
});

test("every client is clean under eslint", () => {
  expect(lintFindings(samples)).toBe("");
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

test("a common client has at most 300 lines, the largest that keeps nothing at most 600", () => {
  const [usual, most, all] = [common(samples), largest(plain(samples)), largest(samples)];
  const told = [usual, most, all].map((sample) => `${lines(sample)} (${sample.name})`);
  console.log(`JavaScript, lines: ${told.join(", ")}`);
  expect(lines(usual)).toBeLessThanOrEqual(300);
  expect(lines(most)).toBeLessThanOrEqual(600);
  expect(lines(all)).toBeLessThanOrEqual(850);
});
