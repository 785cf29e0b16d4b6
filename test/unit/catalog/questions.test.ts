import { expect, test } from "vitest";
import { loadCatalog } from "../../../src/catalog/load.js";
import { fieldsOf, questions } from "../../../src/catalog/questions.js";
import { fixtureFiles } from "./fixture.js";

const catalog = loadCatalog(fixtureFiles());
const answered = (options: Record<string, string>) => ({ options, set: {} });

test("one question for the language, then one for each group that asks", () => {
  const asked = questions(catalog, answered({}));
  expect(asked.map(({ name, default: standard }) => [name, standard])).toEqual([
    ["language", "javascript"],
    ["paging", "pages"],
  ]);
  expect(asked[1]?.choices.map(({ answer }) => answer.name)).toEqual(["none", "pages"]);
});

test("a choice says why the language hasn't got it", () => {
  const reasons = (language: string) =>
    questions(catalog, answered({ language }))[1]?.choices.map(({ unavailable }) => unavailable);
  expect(reasons("javascript")).toEqual([undefined, undefined]);
  expect(reasons("python")).toEqual([undefined, "not available for Python yet"]);
  expect(reasons("?")).toEqual([undefined, undefined]);
});

test("a choice says which other answer rules it out", () => {
  const paging = { group: "paging", option: "none", reason: "there is nothing to hurry" };
  const changed = loadCatalog({
    ...fixtureFiles({
      "speed/group.json": {
        title: "Speed",
        icon: "dashboard",
        order: 4,
        description: "d",
        question: { prompt: "?", placeholder: "?", default: "any", step: "last" },
      },
      "speed/any/option.json": { title: "Any", summary: "s", order: 1 },
      "speed/fast/option.json": { title: "Fast", summary: "s", order: 2, unless: [paging] },
    }),
    "speed/any/javascript.hbs": "",
    "speed/fast/javascript.hbs": "",
  });
  const reasons = (options: Record<string, string>) =>
    questions(changed, answered({ language: "javascript", ...options }))[2]?.choices.map(
      ({ unavailable }) => unavailable,
    );
  expect(reasons({ paging: "pages" })).toEqual([undefined, undefined]);
  expect(reasons({ paging: "none" })).toEqual([undefined, paging.reason]);
});

test("the fields follow from the answers so far", () => {
  const names = (options: Record<string, string>) =>
    fieldsOf(catalog, answered(options)).map((field) => field.name);
  expect(names({ language: "javascript" })).toEqual(["pageSize", "path", "mode"]);
  expect(names({ language: "javascript", paging: "none" })).toEqual([]);
  expect(names({ language: "javascript", paging: "?" })).toEqual([]);
  expect(names({})).toEqual([]);
});
