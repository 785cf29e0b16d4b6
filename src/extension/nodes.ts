/** The catalog's rows, as the tree and the search show them. */
import type { Block, Catalog, Group, Language } from "../catalog/catalog.js";
import { unavailable } from "../catalog/recipe.js";
import { isPartOnly } from "./showcase.js";

/** A block in one language: a row of the tree, and what commands on a block work with. */
export interface BlockNode {
  readonly kind: "language";
  readonly group: Group;
  readonly block: Block;
  readonly language: Language;
}

export type Node =
  | { readonly kind: "group"; readonly group: Group }
  | { readonly kind: "block"; readonly group: Group; readonly block: Block }
  | BlockNode;

/** The rows of one block; a block that stands for "none" has no code, and so no rows. */
export function blockNodes(catalog: Catalog, group: Group, block: Block): readonly BlockNode[] {
  if (!block.snippet && !isPartOnly(catalog, block)) return [];
  return catalog.languages.flatMap((language) =>
    unavailable(block, language) === undefined
      ? [{ kind: "language" as const, group, block, language }]
      : [],
  );
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
    const isFirst = ({ language }: BlockNode) => language.name === preferred?.name;
    const rest = nodes.filter((node) => !isFirst(node));
    return { title: group.title, nodes: [...nodes.filter(isFirst), ...rest] };
  });
}
