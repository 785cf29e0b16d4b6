import { describe, expect, test } from "vitest";
import { templateParts } from "../../../scripts/template-parts.mjs";
import { loadCatalog } from "../../../src/catalog/load.js";
import { completenessProblems } from "../../catalog/support/completeness.js";
import { templateProblems } from "../../catalog/support/template-problems.js";
import { fixtureFiles, templates } from "./fixture.js";

const PAGES = "paging/pages/javascript.hbs";

function problems(path: string, text: string): readonly string[] {
  const files = fixtureFiles();
  return templateProblems({ ...files, [path]: text }, loadCatalog(files));
}

const inSlot = (text: string) => `{{#*inline "code"}}\n${text}\n{{/inline}}\n`;

test("a catalog without mistakes has no problems", () => {
  expect(templateProblems(fixtureFiles(), loadCatalog(fixtureFiles()))).toEqual([]);
});

describe("a template is told its line and what is wrong there:", () => {
  test.each([
    ["a value", "{{titel}}", 'there is no value "titel". Did you mean "title"?'],
    ["a condition", "{{#if bodi}}x{{/if}}", 'there is no value "bodi". Did you mean "body"?'],
    [
      "a flag",
      "{{#if is.fast}}x{{/if}}",
      'there is no value "is.fast". Use one of: fastLane, slow.',
    ],
    ["a need", "{{#if with.map}}x{{/if}}", 'there is no value "with.map". Did you mean "nap"?'],
    ["a value below nothing", "{{title.length}}", 'there is no value "title.length".'],
    [
      "an entry's value",
      "{{#each settings}}{{fild}}{{/each}}",
      'no value "fild". Did you mean "field"?',
    ],
    [
      "a value outside of a list",
      "{{#each settings}}{{title}}{{/each}}",
      'there is no value "title".',
    ],
    ["a way out", "{{#each settings}}{{../title}}{{/each}}", 'there is no value "../title".'],
    ["a way out of the top", "{{../title}}", 'there is no value "../title".'],
    ["a value below a flag", "{{#if is.slow.x}}x{{/if}}", 'there is no value "is.slow.x".'],
    ["data", "{{#each settings}}{{@index}}{{/each}}", 'there is no value "@index".'],
    ["a list", "{{#each title}}x{{/each}}", '"title" is no list.'],
    ["an argument", "{{constant fild 1}}", 'there is no value "fild".'],
    ["a part", "{{> paging/cod}}", 'there is no part "paging/cod". Did you mean "paging/code"?'],
    [
      "a part in a list",
      "{{#each settings}}{{> snippet}}{{/each}}",
      '"snippet" stands within #each',
    ],
    [
      "more than one level",
      "{{#if is.slow}}{{#if body}}x{{/if}}{{/if}}",
      "#if stands within another",
    ],
    ["another branch", "{{#if is.slow}}x{{else}}{{y}}{{/if}}", 'there is no value "y".'],
  ])("%s", (_, code, problem) => {
    const found = problems(PAGES, inSlot(code));
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(`templates/${PAGES}: line 2: `);
    expect(found[0]).toContain(problem);
  });

  test("a slot that nothing includes", () => {
    expect(problems(PAGES, '{{#*inline "coda"}}\nx\n{{/inline}}\n')).toEqual([
      `templates/${PAGES}: line 1: nothing includes "paging/coda".`,
    ]);
  });

  test("a part that nothing includes", () => {
    expect(problems("language/python/sleep.hbs", "x")).toEqual([
      'templates/language/python/sleep.hbs: line 1: nothing includes "sleep".',
    ]);
  });
});

describe("templateParts names the file", () => {
  const parts = (text: string) => () => templateParts({ ...templates, [PAGES]: text });
  test.each([
    ["that doesn't parse", "{{#if x}}", `templates/${PAGES}: Parse error on line 1`],
    ["with an unknown helper", inSlot("{{upper title}}"), `templates/${PAGES}: You specified`],
    ["with text beside its slots", "x\n", `templates/${PAGES}: line 1 stands outside of a slot`],
  ])("%s", (_, text, message) => {
    expect(parts(text)).toThrow(message);
  });
});

describe("completeness", () => {
  const files = { ...fixtureFiles(), [PAGES]: undefined, "paging/pages/pythn.hbs": "" };
  const present = Object.fromEntries(
    Object.entries(files).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );

  test("names what is missing and what is too much", () => {
    expect(completenessProblems(present)).toEqual([
      `templates/${PAGES} is missing`,
      "templates/paging/pages/python.hbs is missing",
      "templates/logging/lines/javascript.hbs is missing",
      "templates/logging/lines/python.hbs is missing",
      "templates/paging/pages/pythn.hbs is nothing that the catalog reads",
    ]);
  });

  test("names a missing manifest", () => {
    const rest = fixtureFiles({ "paging/pages/option.json": undefined });
    expect(completenessProblems(rest)).toContain("templates/paging/pages/option.json is missing");
  });
});
