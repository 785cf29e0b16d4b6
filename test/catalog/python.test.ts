import { expect, test } from "vitest";
import { pyrightFindings } from "./support/pyright.js";
import { formatFindings, lintFindings } from "./support/ruff.js";
import { languageOf, samplesOf } from "./support/samples.js";
import { common, largest, lines, plain, wideLines } from "./support/size.js";

const samples = samplesOf(languageOf("python"));

test("every client is as ruff formats it", () => {
  expect(formatFindings(samples)).toBe("");
});

test("every client is clean under ruff", () => {
  expect(lintFindings(samples)).toBe("");
});

test("every client is clean under pyright's strict mode", async () => {
  expect(await pyrightFindings(samples)).toBe("");
});

test("no line is wider than 100 columns", () => {
  expect(wideLines(samples)).toBe("");
});

test("a common client has at most 300 lines, the largest that keeps nothing at most 600", () => {
  const [usual, most, all] = [common(samples), largest(plain(samples)), largest(samples)];
  const told = [usual, most, all].map((sample) => `${lines(sample)} (${sample.name})`);
  console.log(`Python, lines: ${told.join(", ")}`);
  expect(lines(usual)).toBeLessThanOrEqual(300);
  expect(lines(most)).toBeLessThanOrEqual(600);
  expect(lines(all)).toBeLessThanOrEqual(850);
});
