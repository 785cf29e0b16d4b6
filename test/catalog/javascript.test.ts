import { expect, test } from "vitest";
import { lintFindings } from "./support/eslint.js";
import { besideOf } from "./support/findings.js";
import { formatFindings } from "./support/prettier.js";
import { jobSamplesOf, languageOf, samplesOf } from "./support/samples.js";
import { common, largest, lines, plain, wideLines } from "./support/size.js";
import { typeFindings } from "./support/typescript.js";

const samples = samplesOf(languageOf("javascript"));
const jobs = jobSamplesOf(languageOf("javascript"));
const clients = [...samples, ...jobs];
const texts = [...clients, ...besideOf(jobs, ".mjs")];

test("every client is as prettier formats it", async () => {
  expect(await formatFindings(texts)).toBe("");
});

test("every client is clean under eslint", () => {
  expect(lintFindings(texts)).toBe("");
});

test("every client is clean under tsc --checkJs --strict", () => {
  expect(typeFindings(clients)).toBe("");
});

test("so it is in a project that has the browser's types too", () => {
  const both = ["lib.es2023.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"];
  expect(typeFindings([common(samples), largest(samples)], both)).toBe("");
});

test("no line is wider than 100 columns", () => {
  expect(wideLines(texts)).toBe("");
});

test("a common client has at most 300 lines, the largest that keeps nothing at most 600", () => {
  const [usual, most, all] = [common(samples), largest(plain(samples)), largest(samples)];
  const told = [usual, most, all].map((sample) => `${lines(sample)} (${sample.name})`);
  console.log(`JavaScript, lines: ${told.join(", ")}`);
  expect(lines(usual)).toBeLessThanOrEqual(300);
  expect(lines(most)).toBeLessThanOrEqual(600);
  expect(lines(all)).toBeLessThanOrEqual(870);
});

test("the largest job that keeps nothing has at most 1075 lines, of all 1320", () => {
  const told = [plain(jobs), jobs].map(largest);
  const text = told.map((sample) => `${lines(sample)} (${sample.name})`).join(", ");
  console.log(`JavaScript, ${jobs.length} jobs, lines: ${text}`);
  const [most, all] = told.map(lines);
  expect(most).toBeLessThanOrEqual(1075);
  expect(all).toBeLessThanOrEqual(1320);
});
