/** Builds the parts of the extension and registers them. */
import * as vscode from "vscode";
import { catalog, parts } from "virtual:catalog";
import { verified } from "virtual:verified";
import { Renderer } from "../render/renderer.js";
import { registerCommands } from "./commands.js";
import { Memory } from "./memory.js";
import { Previews, SCHEME } from "./preview.js";
import { CatalogTree, VIEW } from "./tree.js";

export function activate(context: vscode.ExtensionContext): void {
  let made: Renderer | undefined;
  // It takes longer than all else here, and the tree shows without it.
  const renderer = () => (made ??= new Renderer(catalog, parts));
  const memory = new Memory(catalog, context.globalState);
  const previews = new Previews(catalog, renderer, verified);
  context.subscriptions.push(
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, previews),
    vscode.languages.registerCodeLensProvider({ scheme: SCHEME }, previews),
    vscode.window.createTreeView(VIEW, {
      treeDataProvider: new CatalogTree(catalog, verified),
      showCollapseAll: true,
    }),
    ...registerCommands({ catalog, renderer, memory, previews }),
  );
}
