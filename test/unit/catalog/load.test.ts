import { describe, expect, test } from "vitest";
import { CatalogError, loadCatalog } from "../../../src/catalog/load.js";
import { fixtureFiles, manifests } from "./fixture.js";

/** What is wrong with the fixture when one manifest gets other values. */
function problems(path: string, values: object | undefined): readonly string[] {
  const changed = values && { ...manifests[path], ...values };
  try {
    loadCatalog(fixtureFiles({ [path]: changed }));
  } catch (error) {
    if (error instanceof CatalogError) return error.problems;
    throw error;
  }
  return [];
}

describe("loadCatalog", () => {
  const catalog = loadCatalog(fixtureFiles());

  test("orders groups and their options as the manifests say", () => {
    expect(catalog.groups.map((group) => group.name)).toEqual(["logging", "paging"]);
    expect(catalog.groups[1]?.blocks.map((block) => block.name)).toEqual(["none", "pages"]);
    expect(catalog.languages.map((language) => language.name)).toEqual(["javascript", "python"]);
  });

  test("resolves the fields that an option takes from its group", () => {
    const fields = catalog.groups[1]?.blocks[1]?.fields;
    expect(fields?.map((field) => field.name)).toEqual(["pageSize", "path", "mode"]);
    expect(fields?.[0]).toMatchObject({ default: 10, integer: true });
  });

  test("finds the languages of an option by its templates", () => {
    const blocks = catalog.groups.flatMap((group) => group.blocks);
    expect(blocks.map(({ id, languages }) => [id, languages])).toEqual([
      ["logging/lines", []],
      ["paging/none", ["javascript", "python"]],
      ["paging/pages", ["javascript"]],
    ]);
  });

  test("names each thing that is wrong, in one sentence with its place", () => {
    const option = "paging/pages/option.json";
    expect(problems(option, { titel: "x" })).toEqual([
      `templates/${option}: Unrecognized key: "titel"`,
    ]);
    expect(problems(option, { order: "1", summary: "" })).toEqual([
      `templates/${option}: summary Too small: expected string to have >=1 characters`,
      `templates/${option}: order Invalid input: expected number, received string`,
    ]);
    expect(problems(option, { snippet: { prefix: "pages", description: "d" } })).toEqual([
      `templates/${option}: snippet.prefix must start with api-`,
    ]);
    const field = { type: "text", name: "path", defalt: "/v1", description: "where" };
    expect(problems(option, { fields: [field] })).toEqual([
      `templates/${option}: fields[0].default Invalid input: expected string, received undefined`,
      `templates/${option}: fields[0] Unrecognized key: "defalt"`,
    ]);
    expect(problems(option, { fields: [{ ...field, type: "txt" }] })).toEqual([
      `templates/${option}: fields[0].type must be text, number or choice`,
    ]);
    expect(problems(option, { fields: ["pageSise"] })).toEqual([
      `templates/${option}: fields[0] names "pageSise", which group.json doesn't define`,
    ]);
  });

  test("misses a manifest", () => {
    expect(problems("paging/pages/option.json", undefined)).toContain(
      "templates/paging/pages/option.json is missing",
    );
    expect(problems("logging/group.json", undefined)).toEqual([
      "templates/logging/group.json is missing",
    ]);
    expect(problems("language/python/language.json", undefined)).toEqual([
      "templates/language/python/language.json is missing",
    ]);
  });

  test("tells what isn't JSON", () => {
    const files = { ...fixtureFiles(), "logging/group.json": "{" };
    expect(() => loadCatalog(files)).toThrow(/^templates\/logging\/group\.json: not JSON: /);
  });

  test("wants the default to be an option", () => {
    const question = { prompt: "p", placeholder: "p", default: "page", step: "own" };
    expect(problems("paging/group.json", { question })).toEqual([
      'templates/paging/group.json: question.default "page" has no folder',
    ]);
  });

  test("wants a prefix once, and a field with one meaning", () => {
    const snippet = { prefix: "api-pages", description: "d" };
    const path = { type: "text", name: "path", default: "/", description: "elsewhere" };
    expect(problems("paging/none/option.json", { snippet, fields: [path] })).toEqual([
      'templates/paging/pages/option.json: prefix "api-pages": also used by paging/none',
      expect.stringMatching(/^templates\/paging\/pages\/option\.json: field "path": also used by /),
    ]);
  });
});
