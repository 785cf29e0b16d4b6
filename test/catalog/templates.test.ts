import { expect, test } from "vitest";
import { catalog } from "virtual:catalog";
import { readTemplates } from "../../scripts/catalog-module.mjs";
import { allBlocks, questionGroups } from "../../src/catalog/catalog.js";
import { parseField } from "../../src/catalog/recipe.js";
import { completenessProblems } from "./support/completeness.js";
import { templateProblems } from "./support/template-problems.js";

const files = readTemplates();

test("every folder has its manifest and every language's template, and nothing else", () => {
  expect(completenessProblems(files)).toEqual([]);
});

test("every name in every template stands for something", () => {
  expect(templateProblems(files, catalog)).toEqual([]);
});

test("every option says what helps to choose it", () => {
  const silent = questionGroups(catalog)
    .flatMap((group) => group.blocks)
    .filter(({ bestFor, strength, weakness }) => !bestFor || !strength || !weakness);
  expect(silent.map((block) => block.id)).toEqual([]);
});

test("every default is recommended, and every field's default is valid", () => {
  for (const group of questionGroups(catalog)) {
    const recommended = group.blocks.filter((block) => block.recommended).map(({ name }) => name);
    if (recommended.length > 0) expect(recommended).toContain(group.question?.default);
  }
  for (const field of allBlocks(catalog).flatMap((block) => block.fields)) {
    expect(parseField(field, field.default)).toEqual({ ok: true, value: field.default });
  }
});
