/** The large catalog of the benchmark is one that the loader takes. */
import { expect, test } from "vitest";
import { manyTemplates } from "../../../bench/performance/editor/many.js";
import { allBlocks } from "../../../src/catalog/catalog.js";
import { loadCatalog } from "../../../src/catalog/load.js";
import { readTemplates } from "../../../scripts/catalog-module.mjs";

test("it has so many blocks, each in the languages of its original, and no two alike", () => {
  const files = readTemplates();
  const few = allBlocks(loadCatalog(files));
  const many = allBlocks(loadCatalog(manyTemplates(files, 3 * few.length)));
  expect(many).toHaveLength(3 * few.length);
  expect(new Set(many.map(({ group, title }) => `${group} ${title}`)).size).toBe(many.length);
  const languages = few.flatMap((block) => block.languages).length;
  expect(many.flatMap((block) => block.languages)).toHaveLength(3 * languages);
});
