/** Every command, by the name that package.json gives it. */
import { type Disposable, commands } from "vscode";
import { BlockCommands } from "./block-commands.js";
import type { Node } from "./nodes.js";
import { type WizardTools, runWizard } from "./wizard.js";

export type Handlers = Readonly<Record<string, (node?: Node) => Promise<void>>>;

export function commandHandlers(tools: WizardTools): Handlers {
  const blocks = new BlockCommands(tools.catalog, tools.renderer, tools.previews);
  return {
    "apiSnippets.generate": () => runWizard(tools, {}),
    "apiSnippets.generateWithBlock": (node) =>
      runWizard(tools, node?.kind === "group" ? {} : { ...node }),
    "apiSnippets.search": () => blocks.preview(),
    "apiSnippets.preview": (node) => blocks.preview(node),
    "apiSnippets.insert": (node) => blocks.send("cursor", node),
    "apiSnippets.copy": (node) => blocks.send("clipboard", node),
    "apiSnippets.newFile": (node) => blocks.send("file", node),
  };
}

export function registerCommands(tools: WizardTools): Disposable[] {
  return Object.entries(commandHandlers(tools)).map(([name, run]) =>
    commands.registerCommand(name, run),
  );
}
