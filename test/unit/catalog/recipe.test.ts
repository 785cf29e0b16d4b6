import { describe, expect, test } from "vitest";
import { loadCatalog } from "../../../src/catalog/load.js";
import { type Answers, parseField, parseRecipe, suggestion } from "../../../src/catalog/recipe.js";
import type { Field } from "../../../src/catalog/catalog.js";
import { fixtureFiles } from "./fixture.js";

const catalog = loadCatalog(fixtureFiles());

function recipe(options: Answers["options"], set: Answers["set"] = {}) {
  return parseRecipe(catalog, { options, set });
}

describe("parseRecipe", () => {
  test("takes defaults where nothing is answered", () => {
    const parsed = recipe({});
    expect(parsed).toMatchObject({
      ok: true,
      value: {
        language: { name: "javascript" },
        blocks: [{ id: "paging/pages" }],
        values: { pageSize: 10, path: "/v1", mode: "fast_lane" },
      },
    });
  });

  test("makes numbers of texts", () => {
    expect(recipe({}, { pageSize: "20" })).toMatchObject({ value: { values: { pageSize: 20 } } });
  });

  test.each<[Answers["options"], Answers["set"], string[]]>([
    [{ langage: "x" }, {}, ['There is no question "langage". Did you mean "language"?']],
    [{ language: "pyton" }, {}, ['There is no language "pyton". Did you mean "python"?']],
    [{ paging: "non" }, {}, ['There is no paging option "non". Did you mean "none"?']],
    [{ paging: "x" }, {}, ['There is no paging option "x". Use one of: none, pages.']],
    [{ language: "python" }, {}, ["Option 2 can't be had: not available for Python yet."]],
    [{}, { pageSiz: 1 }, ['This recipe has no field "pageSiz". Did you mean "pageSize"?']],
    [{ paging: "non" }, { pageSize: 1 }, ['There is no paging option "non". Did you mean "none"?']],
    [{ paging: "none" }, { pageSize: 1 }, ['This recipe has no field "pageSize".']],
    [
      {},
      { pageSize: 0, mode: "x" },
      ["pageSize must be a whole number from 1 to 100", "mode must be one of fast_lane, slow"],
    ],
  ])("refuses %j with %j", (options, set, problems) => {
    expect(recipe(options, set)).toEqual({ ok: false, problems });
  });

  test("tells all problems at once", () => {
    const parsed = recipe({ language: "x", paging: "x", y: "z" });
    expect(parsed.ok ? [] : parsed.problems).toHaveLength(3);
  });
});

test("a recipe's answers make it again, with only what differs", () => {
  const parsed = recipe({}, { pageSize: "20", path: "/v1" });
  if (!parsed.ok) throw new Error(parsed.problems.join());
  const { answers } = parsed.value;
  expect(answers).toEqual({
    options: { language: "javascript", paging: "pages" },
    set: { pageSize: 20 },
  });
  expect(parseRecipe(catalog, answers)).toEqual(parsed);
});

describe("parseField", () => {
  const base = { name: "f", description: "d" };
  const whole: Field = { ...base, type: "number", default: 1, integer: true, min: 1, max: 9 };
  const any: Field = { ...whole, integer: false };
  const text: Field = { ...base, type: "text", default: "" };
  const named: Field = { ...text, pattern: { regex: "^[a-z]+$", means: "small letters" } };

  test.each<[Field, string | number, string | number]>([
    [whole, "1", 1],
    [whole, " 9 ", 9],
    [any, "1.5", 1.5],
    [text, "", ""],
    [text, "\0\ud800", "\0\ud800"],
    [text, 5, "5"],
    [named, "abc", "abc"],
  ])("%j takes %j", (field, given, value) => {
    expect(parseField(field, given)).toEqual({ ok: true, value });
  });

  test.each<[Field, string | number, string]>([
    [whole, "", "f must be a whole number from 1 to 9"],
    [whole, " ", "f must be a whole number from 1 to 9"],
    [whole, 1.5, "f must be a whole number from 1 to 9"],
    [whole, 10, "f must be a whole number from 1 to 9"],
    [any, "0.5", "f must be a number from 1 to 9"],
    [any, Infinity, "f must be a number from 1 to 9"],
    [any, "NaN", "f must be a number from 1 to 9"],
    [named, "ab\n", "f must be small letters"],
    [named, "", "f must be small letters"],
  ])("%j refuses %j", (field, given, problem) => {
    expect(parseField(field, given)).toEqual({ ok: false, problems: [problem] });
  });
});

test.each([
  ["curser", ["cursor", "offset"], ' Did you mean "cursor"?'],
  ["CURSOR", ["cursor", "offset"], ' Did you mean "cursor"?'],
  ["zzzzzz", ["cursor", "offset"], " Use one of: cursor, offset."],
  ["x", [], ""],
])("suggestion for %s among %j", (given, known, text) => {
  expect(suggestion(given, known)).toBe(text);
});
