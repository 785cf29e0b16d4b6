/** The catalog as a tree: topics, their blocks, and each block's languages. */
import * as vscode from "vscode";
import type { Block, Catalog, Group } from "../catalog/catalog.js";
import { type BlockNode, type Node, blockNodes, childNodes, contextValue } from "./nodes.js";
import { answerMarkdown } from "./texts.js";
import { type Verified, verifiedText } from "./verified.js";

export const VIEW = "apiSnippets.catalog";

export class CatalogTree implements vscode.TreeDataProvider<Node> {
  constructor(
    private readonly catalog: Catalog,
    private readonly verified: Verified,
  ) {}

  getChildren(node?: Node): Node[] {
    return [...childNodes(this.catalog, node)];
  }

  getTreeItem(node: Node): vscode.TreeItem {
    const item = this.#item(node);
    item.contextValue = contextValue(node);
    return item;
  }

  #item(node: Node): vscode.TreeItem {
    switch (node.kind) {
      case "group":
        return groupItem(node.group);
      case "block":
        return blockItem(node.block, blockNodes(this.catalog, node.group, node.block));
      case "language":
        return languageItem(node, verifiedText(this.verified, node.block, node.language));
    }
  }
}

const { Collapsed, None } = vscode.TreeItemCollapsibleState;

function groupItem({ name, title, icon, description, blocks }: Group): vscode.TreeItem {
  const item = new vscode.TreeItem(title, Collapsed);
  item.id = name;
  item.iconPath = new vscode.ThemeIcon(icon);
  item.tooltip = description;
  item.accessibilityInformation = {
    label: vscode.l10n.t("{0}, topic with {1} blocks: {2}", title, blocks.length, description),
  };
  return item;
}

function blockItem(block: Block, rows: readonly BlockNode[]): vscode.TreeItem {
  const item = new vscode.TreeItem(block.title, rows.length > 0 ? Collapsed : None);
  item.id = block.id;
  item.iconPath = new vscode.ThemeIcon(blockIcon(block, rows));
  item.description = block.snippet?.prefix ?? false;
  item.tooltip = new vscode.MarkdownString(answerMarkdown(block));
  item.accessibilityInformation = {
    label: vscode.l10n.t("{0}: {1}", block.title, block.summary),
  };
  return item;
}

function blockIcon(block: Block, rows: readonly BlockNode[]): string {
  if (rows.length === 0) return "circle-slash";
  return block.snippet ? "symbol-snippet" : "file-code";
}

function languageItem(node: BlockNode, shown: string | undefined): vscode.TreeItem {
  const { block, language } = node;
  const item = new vscode.TreeItem(language.title, None);
  item.id = `${block.id}/${language.name}`;
  item.iconPath = vscode.ThemeIcon.File;
  item.resourceUri = vscode.Uri.from({ scheme: "api-snippets", path: `/${language.fileName}` });
  const texts = [answerMarkdown(block), ...(shown === undefined ? [] : [shown])];
  item.tooltip = new vscode.MarkdownString(texts.join("\n\n"));
  item.command = {
    command: "apiSnippets.preview",
    title: vscode.l10n.t("Preview Block"),
    arguments: [node],
  };
  item.accessibilityInformation = {
    label: vscode.l10n.t("{0} in {1}, opens a preview", block.title, language.title),
  };
  return item;
}
