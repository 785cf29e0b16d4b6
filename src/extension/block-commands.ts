/** What can be done with one block; where none is given, the search asks for it. */
import { l10n } from "vscode";
import type { Catalog } from "../catalog/catalog.js";
import type { Renderer } from "../render/renderer.js";
import { deliver, editorLanguage } from "./delivery.js";
import { type Previews, previewName } from "./preview.js";
import { type BlockAction, searchBlocks } from "./search.js";
import type { TargetName } from "./targets.js";
import type { BlockNode, Node } from "./nodes.js";

export class BlockCommands {
  /** What the buttons of the search do. */
  readonly #actions: readonly BlockAction[] = [
    {
      icon: "open-preview",
      title: l10n.t("Preview"),
      run: ({ block, language }) => this.previews.showBlock(block, language, true),
    },
    {
      icon: "insert",
      title: l10n.t("Insert at Cursor"),
      run: (node) => this.#deliver("cursor", node),
    },
    { icon: "copy", title: l10n.t("Copy"), run: (node) => this.#deliver("clipboard", node) },
  ];

  constructor(
    private readonly catalog: Catalog,
    private readonly renderer: Renderer,
    private readonly previews: Previews,
  ) {}

  /** From the tree the focus stays there; from the search it follows, for the keyboard. */
  async preview(node?: Node): Promise<void> {
    const given = blockNode(node);
    const chosen = given ?? (await this.#search(l10n.t("Search for a block to preview")));
    if (chosen) await this.previews.showBlock(chosen.block, chosen.language, given !== undefined);
  }

  async send(target: TargetName, node?: Node): Promise<void> {
    const chosen = blockNode(node) ?? (await this.#search(placeholder(target)));
    if (chosen) await this.#deliver(target, chosen);
  }

  async #deliver(target: TargetName, { block, language }: BlockNode): Promise<void> {
    await deliver(target, {
      fileName: previewName(block.name, language.fileName),
      language,
      text: this.renderer.block(block, language),
      snippet: this.renderer.blockSnippet(block, language),
    });
  }

  #search(placeholder: string): Promise<BlockNode | undefined> {
    return searchBlocks(this.catalog, editorLanguage(this.catalog), placeholder, this.#actions);
  }
}

function blockNode(node?: Node): BlockNode | undefined {
  return node?.kind === "language" ? node : undefined;
}

function placeholder(target: TargetName): string {
  switch (target) {
    case "cursor":
      return l10n.t("Search for a block to insert at the cursor");
    case "clipboard":
      return l10n.t("Search for a block to copy");
    case "file":
      return l10n.t("Search for a block to open as a new file");
  }
}
