import { describe, expect, it } from "vitest";
import { type Node, childNodes, contextValue, searchTopics } from "../../../src/extension/nodes.js";
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
  it("are topics, blocks, and the languages of blocks with code", () => {
    expect(outline()).toEqual([
      ["logging", ["lines"]],
      ["paging", ["none"], ["pages", ["javascript"]]],
      ["speed", ["any", ["javascript"], ["python"]], ["slow"]],
    ]);
  });
});

describe("contextValue", () => {
  it("says where the wizard can start", () => {
    const [logging, paging] = childNodes(catalog);
    expect(childNodes(catalog).map(contextValue)).toEqual(["group", "group", "group"]);
    expect(childNodes(catalog, logging).map(contextValue)).toEqual(["block"]);
    expect(childNodes(catalog, paging).map(contextValue)).toEqual([
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
    ]);
  });
});
