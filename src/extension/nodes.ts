/** The catalog's rows, as the tree and the search show them. */
import type { Block, Catalog, Group, Language } from "../catalog/catalog.js";
import { type Recipe, unavailable } from "../catalog/recipe.js";
import { showcase } from "./showcase.js";

/** A block in one language: a row of the tree, and what commands on a block work with. */
export interface BlockNode {
  readonly kind: "language";
  readonly group: Group;
  readonly block: Block;
  readonly language: Language;
  /** The client that shows a block which is no snippet. */
  readonly client?: Recipe;
}

export type Node =
  | { readonly kind: "group"; readonly group: Group }
  | { readonly kind: "block"; readonly group: Group; readonly block: Block }
  | BlockNode;

/** The rows of one block; a block that stands for "none" has no code, and so no rows. */
export function blockNodes(catalog: Catalog, group: Group, block: Block): readonly BlockNode[] {
  return catalog.languages.flatMap((language): readonly BlockNode[] => {
    if (unavailable(block, language) !== undefined) return [];
    const node: BlockNode = { kind: "language", group, block, language };
    if (block.snippet) return [node];
    const client = showcase(catalog, block, language);
    return client ? [{ ...node, client }] : [];
  });
}

export function childNodes(catalog: Catalog, node?: Node): readonly Node[] {
  switch (node?.kind) {
    case undefined:
      return catalog.groups.map((group) => ({ kind: "group", group }));
    case "group":
      return node.group.blocks.map((block) => ({ kind: "block", group: node.group, block }));
    case "block":
      return blockNodes(catalog, node.group, node.block);
    case "language":
      return [];
  }
}

/** What the menus' `when` clauses test. */
export function contextValue(node: Node): string {
  const inWizard =
    node.kind !== "group" && (node.group.question ?? node.group.tickList) !== undefined;
  return inWizard ? `${node.kind}+question` : node.kind;
}

/** Blocks by topic, those of the preferred language first. */
export function searchTopics(
  catalog: Catalog,
  preferred: Language | undefined,
): readonly { readonly title: string; readonly nodes: readonly BlockNode[] }[] {
  return catalog.groups.map((group) => {
    const nodes = group.blocks.flatMap((block) => blockNodes(catalog, group, block));
    const first = nodes.filter(({ language }) => language.name === preferred?.name);
    const rest = nodes.filter((node) => !first.includes(node));
    return { title: group.title, nodes: [...first, ...rest] };
  });
}
