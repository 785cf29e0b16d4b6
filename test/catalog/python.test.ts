import { expect, test } from "vitest";
import { besideOf } from "./support/findings.js";
import { pyrightFindings } from "./support/pyright.js";
import { formatFindings, lintFindings } from "./support/ruff.js";
import { jobSamplesOf, languageOf, samplesOf } from "./support/samples.js";
import { common, largest, lines, plain, wideLines } from "./support/size.js";

const samples = samplesOf(languageOf("python"));
const jobs = jobSamplesOf(languageOf("python"));
const clients = [...samples, ...jobs];
const texts = [...clients, ...besideOf(jobs, ".py")];

test("every client is as ruff formats it", () => {
  expect(formatFindings(texts)).toBe("");
});

test("every client is clean under ruff", () => {
  expect(lintFindings(texts)).toBe("");
});

test("every client is clean under pyright's strict mode", async () => {
  expect(await pyrightFindings(clients)).toBe("");
});

test("no line is wider than 100 columns", () => {
  expect(wideLines(texts)).toBe("");
});

test("a common client has at most 300 lines, the largest that keeps nothing at most 600", () => {
  const [usual, most, all] = [common(samples), largest(plain(samples)), largest(samples)];
  const told = [usual, most, all].map((sample) => `${lines(sample)} (${sample.name})`);
  console.log(`Python, lines: ${told.join(", ")}`);
  expect(lines(usual)).toBeLessThanOrEqual(300);
  expect(lines(most)).toBeLessThanOrEqual(600);
  expect(lines(all)).toBeLessThanOrEqual(850);
});

test("the largest job that keeps nothing has at most 1050 lines, of all 1300", () => {
  const told = [plain(jobs), jobs].map(largest);
  const text = told.map((sample) => `${lines(sample)} (${sample.name})`).join(", ");
  console.log(`Python, ${jobs.length} jobs, lines: ${text}`);
  const [most, all] = told.map(lines);
  expect(most).toBeLessThanOrEqual(1050);
  expect(all).toBeLessThanOrEqual(1300);
});
