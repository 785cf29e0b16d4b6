import { describe, expect, test } from "vitest";
import { CatalogError, loadCatalog } from "../../../src/catalog/load.js";
import { fieldsOf, questions, tickLists } from "../../../src/catalog/questions.js";
import { type Answers, parseRecipe } from "../../../src/catalog/recipe.js";
import { extraTemplates, extras, fixtureFiles } from "./fixture.js";

const catalog = loadCatalog({ ...fixtureFiles(extras), ...extraTemplates });

function recipe(options: Answers["options"], ticked?: readonly string[]) {
  return parseRecipe(catalog, { options, set: {}, extras: ticked });
}

describe("a recipe", () => {
  test.each<[Answers["options"], readonly string[] | undefined, readonly string[]]>([
    [{}, undefined, []],
    [{}, ["trace"], ["trace"]],
    [{ purpose: "job" }, undefined, ["trace", "notes"]],
    [{ purpose: "job" }, [], []],
    [{ purpose: "job", paging: "none" }, undefined, ["trace"]],
    [{}, ["notes", "trace", "trace"], ["trace", "notes"]],
  ])("of %j with the extras %j has %j", (options, ticked, names) => {
    const parsed = recipe(options, ticked);
    const has = parsed.ok && parsed.value.blocks.filter(({ group }) => group === "extra");
    expect(has && has.map(({ name }) => name)).toEqual(names);
  });

  test.each<[Answers["options"], readonly string[], string]>([
    [{}, ["trase"], 'There is no extra "trase". Did you mean "trace"?'],
    [{ paging: "none" }, ["notes"], "Option 2 can't be had: there is nothing to note."],
  ])("of %j with the extras %j is refused", (options, ticked, problem) => {
    expect(recipe(options, ticked)).toEqual({ ok: false, problems: [problem] });
  });

  test("has the fields of its extras", () => {
    expect(parseRecipe(catalog, { options: {}, set: { traceFile: "x" } })).toEqual({
      ok: false,
      problems: ['This recipe has no field "traceFile". Use one of: pageSize, path, mode.'],
    });
    const answers = { options: { purpose: "job" }, set: { traceFile: "x" } };
    expect(parseRecipe(catalog, answers)).toMatchObject({ value: { values: { traceFile: "x" } } });
  });

  test.each<[Answers["options"], readonly string[] | undefined, Partial<Answers>]>([
    [{}, undefined, { options: { language: "javascript", paging: "pages" } }],
    [{ purpose: "look" }, [], { options: { language: "javascript", paging: "pages" } }],
    [
      { purpose: "job" },
      [],
      { options: { language: "javascript", paging: "pages", purpose: "job" }, extras: [] },
    ],
    [{}, ["trace"], { options: { language: "javascript", paging: "pages" }, extras: ["trace"] }],
  ])("of %j with the extras %j tells what doesn't go without saying", (options, ticked, told) => {
    const parsed = recipe(options, ticked);
    expect(parsed.ok && parsed.value.answers).toEqual({ set: {}, ...told });
    expect(parsed.ok && parseRecipe(catalog, parsed.value.answers)).toEqual(parsed);
  });
});

describe("a tick list", () => {
  const list = (answers: Partial<Answers>) =>
    tickLists(catalog, {
      set: {},
      ...answers,
      options: { language: "javascript", ...answers.options },
    })[0]?.choices.map(({ answer, ticked, unavailable }) => [answer.name, ticked, unavailable]);

  test("has what the options bring along ticked, until something is ticked", () => {
    expect(list({ options: { purpose: "job" } })).toEqual([
      ["trace", true, undefined],
      ["notes", true, undefined],
    ]);
    expect(list({ options: { purpose: "job" }, extras: ["notes"] })).toEqual([
      ["trace", false, undefined],
      ["notes", true, undefined],
    ]);
  });

  test("says why something can't be had", () => {
    expect(list({ options: { paging: "none" }, extras: ["notes"] })).toEqual([
      ["trace", false, undefined],
      ["notes", false, "there is nothing to note"],
    ]);
  });

  test("asks no question, and gives fields", () => {
    const answers = { options: { language: "javascript" }, set: {} };
    expect(questions(catalog, answers).map(({ name }) => name)).not.toContain("extra");
    const names = fieldsOf(catalog, { ...answers, extras: ["trace"] }).map(({ name }) => name);
    expect(names).toContain("traceFile");
  });
});

test.each([
  ["extras: there is no extra", { extras: ["spells"] }],
  ["unless: there is no folder", { unless: [{ group: "paging", option: "x", reason: "r" }] }],
])("a manifest that names a stranger is refused: %s", (problem, more) => {
  const changed = {
    ...extras,
    "purpose/job/option.json": { title: "t", summary: "s", order: 2, ...more },
  };
  expect(() => loadCatalog({ ...fixtureFiles(changed), ...extraTemplates })).toThrow(CatalogError);
  expect(() => loadCatalog({ ...fixtureFiles(changed), ...extraTemplates })).toThrow(problem);
});
