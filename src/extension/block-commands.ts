/** What can be done with one block; where none is given, the search asks for it. */
import { l10n } from "vscode";
import type { Catalog } from "../catalog/catalog.js";
import type { Renderer } from "../render/renderer.js";
import { blockCode, clientCode } from "./code.js";
import { deliver, editorLanguage } from "./delivery.js";
import type { Previews } from "./preview.js";
import { type BlockAction, searchBlocks } from "./search.js";
import { showcase } from "./showcase.js";
import type { TargetName } from "./targets.js";
import type { BlockNode, Node } from "./nodes.js";

export class BlockCommands {
  /** What the buttons of the search do. */
  readonly #actions: readonly BlockAction[] = [
    {
      icon: "open-preview",
      title: l10n.t("Preview"),
      run: (node) => this.#preview(node, true),
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
    private readonly renderer: () => Renderer,
    private readonly previews: Previews,
  ) {}

  /** From the tree the focus stays there; from the search it follows, for the keyboard. */
  async preview(node?: Node): Promise<void> {
    const given = blockNode(node);
    const chosen = given ?? (await this.#search(l10n.t("Search for a block to preview")));
    if (chosen) await this.#preview(chosen, given !== undefined);
  }

  async send(target: TargetName, node?: Node): Promise<void> {
    const chosen = blockNode(node) ?? (await this.#search(placeholder(target)));
    if (chosen) await this.#deliver(target, chosen);
  }

  async #preview({ block, language }: BlockNode, preserveFocus: boolean): Promise<void> {
    const client = showcase(this.catalog, block, language);
    if (client) await this.previews.showClient(block, client, preserveFocus);
    else await this.previews.showBlock(block, language, preserveFocus);
  }

  async #deliver(target: TargetName, { block, language }: BlockNode): Promise<void> {
    const client = showcase(this.catalog, block, language);
    const code = client
      ? clientCode(this.renderer(), client)
      : blockCode(this.renderer(), block, language);
    await deliver(target, code);
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
