/** The catalog as a tree: topics, their blocks, and each block's languages. */
import * as vscode from "vscode";
import type { Block, Catalog, Group } from "../catalog/catalog.js";
import { type BlockNode, type Node, childNodes, contextValue } from "./nodes.js";
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
        return blockItem(node.block, childNodes(this.catalog, node).length > 0);
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

function blockItem(block: Block, hasCode: boolean): vscode.TreeItem {
  const item = new vscode.TreeItem(block.title, hasCode ? Collapsed : None);
  item.id = block.id;
  item.iconPath = new vscode.ThemeIcon(hasCode ? "symbol-snippet" : "circle-slash");
  item.description = block.snippet?.prefix ?? false;
  item.tooltip = new vscode.MarkdownString(answerMarkdown(block));
  item.accessibilityInformation = {
    label: vscode.l10n.t("{0}: {1}", block.title, block.summary),
  };
  return item;
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
