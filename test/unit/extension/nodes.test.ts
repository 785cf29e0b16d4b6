import { catalog as realCatalog } from "virtual:catalog";
import { describe, expect, it } from "vitest";
import { type Node, childNodes, contextValue, searchTopics } from "../../../src/extension/nodes.js";
import { showcase } from "../../../src/extension/showcase.js";
import { catalog, language } from "./fixture.js";

function outline(node?: Node): readonly unknown[] {
  return childNodes(catalog, node).map((child) => [name(child), ...outline(child)]);
}

function name(node: Node): string {
  switch (node.kind) {
    case "group":
      return node.group.name;
    case "block":
      return node.block.name;
    case "language":
      return node.language.name;
  }
}

describe("childNodes", () => {
  it("are topics, blocks, and the languages of blocks that are shown", () => {
    expect(outline()).toEqual([
      ["logging", ["lines"]],
      ["paging", ["none"], ["pages", ["javascript"]]],
      ["speed", ["any", ["javascript"], ["python"]], ["slow"], ["timed"]],
      ["more", ["loud", ["javascript"]], ["notes", ["javascript"], ["python"]]],
    ]);
  });
});

describe("the rows of the real catalog", () => {
  it("are snippets, or there is a client that shows them", () => {
    const groups = realCatalog.groups.map((group): Node => ({ kind: "group", group }));
    const blocks = groups.flatMap((group) => childNodes(realCatalog, group));
    const rows = blocks.flatMap((row) => childNodes(realCatalog, row));
    const shown = rows.flatMap((row) => (row.kind === "language" ? [row] : []));
    const without = shown.filter(
      (row) => !row.block.snippet && !showcase(realCatalog, row.block, row.language),
    );
    expect(shown.length).toBeGreaterThan(blocks.length);
    expect(without.map((row) => row.block.id)).toEqual([]);
  });
});

describe("contextValue", () => {
  it("says where the wizard can start", () => {
    const [logging, paging, , more] = childNodes(catalog);
    expect(childNodes(catalog).map(contextValue)).toEqual(["group", "group", "group", "group"]);
    expect(childNodes(catalog, logging).map(contextValue)).toEqual(["block"]);
    expect(childNodes(catalog, paging).map(contextValue)).toEqual([
      "block+question",
      "block+question",
    ]);
    expect(childNodes(catalog, more).map(contextValue)).toEqual([
      "block+question",
      "block+question",
    ]);
  });
});

describe("searchTopics", () => {
  it("hold the blocks that have code, the preferred language first", () => {
    const topics = searchTopics(catalog, language("python"));
    expect(topics.map(({ title, nodes }) => [title, ...nodes.map(name)])).toEqual([
      ["Logging"],
      ["Paging", "javascript"],
      ["Speed", "python", "javascript"],
      ["More", "python", "javascript", "javascript"],
    ]);
  });
});
