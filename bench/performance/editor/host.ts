/**
 * The extension with a large catalog, inside the editor's own Node.js: measures what its tree and
 * its search do before the editor shows them, in turns with the real catalog.
 */
import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as vscode from "vscode";
import { catalog as many } from "virtual:catalog";
import { verified } from "virtual:verified";
import { type Catalog, allBlocks } from "../../../src/catalog/catalog.js";
import { activate as activateExtension } from "../../../src/extension/extension.js";
import type { Node } from "../../../src/extension/nodes.js";
import { searchItems } from "../../../src/extension/search.js";
import { CatalogTree } from "../../../src/extension/tree.js";
import { type CatalogTimes, FEW, type HostTimes, MEASURE, RESULTS } from "./measured.js";

const ROUNDS = 10;

export function activate(context: vscode.ExtensionContext): void {
  activateExtension(context);
  context.subscriptions.push(
    vscode.commands.registerCommand(MEASURE.command, async () => {
      const few = await readFile(join(context.extensionPath, FEW), "utf8");
      const times = measure(JSON.parse(few) as Catalog);
      const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? "";
      // Whole, when it is there.
      await writeFile(join(folder, `${RESULTS}.part`), JSON.stringify(times));
      await rename(join(folder, `${RESULTS}.part`), join(folder, RESULTS));
    }),
  );
}

function measure(small: Catalog): HostTimes {
  const few = new Timer(small);
  const large = new Timer(many);
  for (let round = 0; round < ROUNDS; round += 1) {
    few.round();
    large.round();
  }
  return { few: few.times(), many: large.times() };
}

/** One catalog, measured as often as its turn comes. */
class Timer {
  readonly #tree: CatalogTree;
  readonly #topics: number[] = [];
  readonly #expand: number[] = [];
  readonly #search: number[] = [];
  #searchRows = 0;

  constructor(private readonly catalog: Catalog) {
    this.#tree = new CatalogTree(catalog, verified);
  }

  round(): void {
    timed(this.#topics, () => this.#rows());
    timed(this.#expand, () => this.#tree.getChildren().map((topic) => this.#rows(topic)));
    const search = () => searchItems(this.catalog, this.catalog.languages[0], []).length;
    this.#searchRows = timed(this.#search, search);
  }

  times(): CatalogTimes {
    return {
      blocks: allBlocks(this.catalog).length,
      topics: this.#topics,
      expand: this.#expand,
      searchRows: this.#searchRows,
      search: this.#search,
    };
  }

  /** What the editor asks for when a row is expanded. */
  #rows(node?: Node): readonly vscode.TreeItem[] {
    return this.#tree.getChildren(node).map((child) => this.#tree.getTreeItem(child));
  }
}

function timed<T>(times: number[], action: () => T): T {
  const startedAt = performance.now();
  const result = action();
  times.push(performance.now() - startedAt);
  return result;
}
