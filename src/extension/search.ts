/** The picker over all blocks, by title, description and prefix. */
import * as vscode from "vscode";
import type { Catalog, Language } from "../catalog/catalog.js";
import { type Item, pick, separator } from "./quick-input.js";
import { type BlockNode, searchTopics } from "./nodes.js";

/** What a button of a row does with its block. */
export interface BlockAction {
  readonly icon: string;
  readonly title: string;
  readonly run: (node: BlockNode) => Promise<void>;
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
  const items = searchItems(catalog, preferred, buttons);
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

/** All rows, below their topics. */
export function searchItems(
  catalog: Catalog,
  preferred: Language | undefined,
  buttons: readonly vscode.QuickInputButton[],
): readonly Item<BlockNode>[] {
  return searchTopics(catalog, preferred).flatMap(({ title, nodes }) =>
    nodes.length === 0
      ? []
      : [separator<BlockNode>(title), ...nodes.map((node) => searchItem(node, buttons))],
  );
}

function searchItem(node: BlockNode, buttons: readonly vscode.QuickInputButton[]): Item<BlockNode> {
  const { block, language } = node;
  const what = block.snippet?.prefix ?? vscode.l10n.t("whole client");
  return {
    label: block.title,
    description: `${language.title} · ${what}`,
    detail: block.summary,
    buttons,
    value: node,
  };
}
