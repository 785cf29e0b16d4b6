/** The picker over all blocks, by title, description and prefix. */
import * as vscode from "vscode";
import type { Catalog, Language } from "../catalog/catalog.js";
import { type Item, pick, separator } from "./quick-input.js";
import { type BlockNode, blockNodes } from "./tree.js";

/** What a button of a row does with its block. */
export interface BlockAction {
  readonly icon: string;
  readonly title: string;
  readonly run: (node: BlockNode) => Promise<void>;
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

export async function searchBlocks(
  catalog: Catalog,
  preferred: Language | undefined,
  placeholder: string,
  actions: readonly BlockAction[],
): Promise<BlockNode | undefined> {
  const buttons = actions.map(({ icon, title }) => ({
    iconPath: new vscode.ThemeIcon(icon),
    tooltip: title,
  }));
  const items = searchTopics(catalog, preferred).flatMap(({ title, nodes }) =>
    nodes.length === 0
      ? []
      : [separator<BlockNode>(title), ...nodes.map((node) => searchItem(node, buttons))],
  );
  const answered = await pick({
    frame: { title: vscode.l10n.t("Search Blocks"), back: false },
    placeholder,
    items,
    onItemButton: (node, button) => {
      void actions[buttons.findIndex((candidate) => candidate === button)]?.run(node);
    },
  });
  return answered.kind === "picked" ? answered.value : undefined;
}

function searchItem(node: BlockNode, buttons: readonly vscode.QuickInputButton[]): Item<BlockNode> {
  const { block, language } = node;
  return {
    label: block.title,
    description: `${language.title} · ${block.snippet?.prefix ?? ""}`,
    detail: block.summary,
    buttons,
    value: node,
  };
}
