import { describe, expect, it } from "vitest";
import {
  type Node,
  blockNodes,
  childNodes,
  contextValue,
  searchTopics,
} from "../../../src/extension/nodes.js";
import { block, catalog, language } from "./fixture.js";

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

describe("a block's client", () => {
  const client = (id: string, name: string) => {
    const group = catalog.groups.find((candidate) => candidate.name === block(id).group);
    const nodes = group ? blockNodes(catalog, group, block(id)) : [];
    return nodes.find((node) => node.language.name === name)?.client;
  };

  it("shows a block of which there are no snippets", () => {
    const blocks = client("more/notes", "javascript")?.blocks.map(({ id }) => id);
    expect(blocks).toEqual(["paging/pages", "speed/any", "more/notes"]);
    expect(client("speed/any", "javascript")).toBeUndefined();
  });

  it("has another option where the default rules the block out", () => {
    expect(client("more/loud", "javascript")?.answers).toMatchObject({
      options: { speed: "slow" },
      extras: ["loud"],
    });
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
