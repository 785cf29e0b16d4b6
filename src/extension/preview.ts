/** Read-only previews: virtual documents whose address says what they show. */
import * as vscode from "vscode";
import {
  type Block,
  type Catalog,
  type Language,
  findBlock,
  findLanguage,
} from "../catalog/catalog.js";
import { type Recipe, answersSchema, parseRecipe } from "../catalog/recipe.js";
import type { GeneratedFile, Renderer } from "../render/renderer.js";
import { editorId, previewName } from "./code.js";
import { type Verified, verifiedText } from "./verified.js";

export const SCHEME = "api-snippets";
/** What the wizard shows, and closes when it ends. */
const RECIPE = "/recipe/";
/** Whole clients that show a block. */
const CLIENT = "/client/";
const BLOCK = "/block/";

export class Previews implements vscode.TextDocumentContentProvider, vscode.CodeLensProvider {
  constructor(
    private readonly catalog: Catalog,
    private readonly renderer: () => Renderer,
    private readonly verified: Verified,
  ) {}

  provideTextDocumentContent({ path, query }: vscode.Uri): string {
    if (path.startsWith(BLOCK)) return this.#block(query) ?? "";
    return this.#recipeFile(query, path.slice(path.lastIndexOf("/") + 1)) ?? "";
  }

  /** Above the first line: the text itself is copied and inserted as it stands. */
  provideCodeLenses({ uri }: vscode.TextDocument): vscode.CodeLens[] {
    const shown = uri.path.startsWith(BLOCK) ? this.#shown(uri.query) : undefined;
    const title = shown && verifiedText(this.verified, shown.block, shown.language);
    if (title === undefined) return [];
    return [new vscode.CodeLens(new vscode.Range(0, 0, 0, 0), { title, command: "" })];
  }

  async showBlock(block: Block, language: Language, preserveFocus: boolean): Promise<void> {
    const path = BLOCK + previewName(block.title, language.fileName);
    const uri = address(path, JSON.stringify([block.id, language.name]));
    const options = { viewColumn: previewColumn(), preview: true, preserveFocus };
    await show(uri, language.editorId, options);
  }

  /** What the wizard is about to make. */
  async showRecipe(recipe: Recipe): Promise<void> {
    await this.#showFiles(RECIPE, recipe, recipe.language.fileName, true);
  }

  /** A whole client, at the file that the block brings along if it brings one. */
  async showClient(block: Block, recipe: Recipe, preserveFocus: boolean): Promise<void> {
    const { fileName } = recipe.language;
    const [own] = this.renderer().filesBeside({ ...recipe, blocks: [block] }, fileName);
    await this.#showFiles(CLIENT, recipe, own?.fileName ?? fileName, preserveFocus);
  }

  /** Closes what the wizard has shown. */
  async closeRecipe(): Promise<void> {
    await closeTabs(RECIPE, []);
  }

  /** Each file in a tab of its own, in the place of those that were shown before. */
  async #showFiles(
    folder: string,
    recipe: Recipe,
    front: string,
    preserveFocus: boolean,
  ): Promise<void> {
    const options = { viewColumn: previewColumn(), preserveFocus };
    const query = JSON.stringify(recipe.answers);
    const files = this.#files(recipe).map((file) => {
      return { ...file, uri: address(folder + file.fileName, query) };
    });
    const inFront = files.filter(({ fileName }) => fileName === front);
    // A new tab stands beside the one in front: that one is shown first for its place, and last.
    const order = files.length === 1 ? files : [...files, ...inFront];
    for (const file of order) {
      await show(file.uri, editorId(file), { ...options, preview: files.length === 1 });
    }
    await closeTabs(
      folder,
      files.map(({ uri }) => uri.toString()),
    );
  }

  #files(recipe: Recipe): readonly GeneratedFile[] {
    const client = this.renderer().file(recipe);
    return [client, ...this.renderer().filesBeside(recipe, client.fileName)];
  }

  #recipeFile(query: string, name: string): string | undefined {
    const answers = answersSchema.safeParse(JSON.parse(query));
    const recipe = answers.success ? parseRecipe(this.catalog, answers.data) : undefined;
    const files = recipe?.ok ? this.#files(recipe.value) : [];
    return files.find(({ fileName }) => fileName === name)?.text;
  }

  #block(query: string): string | undefined {
    const shown = this.#shown(query);
    return shown && this.renderer().block(shown.block, shown.language);
  }

  #shown(query: string): { readonly block: Block; readonly language: Language } | undefined {
    const [id, name] = JSON.parse(query) as [string, string];
    const block = findBlock(this.catalog, id);
    const language = findLanguage(this.catalog, name);
    return block && language && { block, language };
  }
}

function address(path: string, query: string): vscode.Uri {
  return vscode.Uri.from({ scheme: SCHEME, path, query });
}

/** @param language the editor's id, where the name of the document doesn't tell */
async function show(
  uri: vscode.Uri,
  language: string | undefined,
  options: vscode.TextDocumentShowOptions,
): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  if (language !== undefined && document.languageId !== language) {
    await vscode.languages.setTextDocumentLanguage(document, language);
  }
  await vscode.window.showTextDocument(document, options);
}

/** Closes the previews below a path, but not these. */
async function closeTabs(folder: string, kept: readonly string[]): Promise<void> {
  const tabs = vscode.window.tabGroups.all
    .flatMap((group) => group.tabs)
    .filter(
      ({ input }) =>
        input instanceof vscode.TabInputText &&
        input.uri.scheme === SCHEME &&
        input.uri.path.startsWith(folder) &&
        !kept.includes(input.uri.toString()),
    );
  await vscode.window.tabGroups.close(tabs);
}

/** Where previews are already, else beside the user's editor, so that this one stays active. */
function previewColumn(): vscode.ViewColumn {
  const { activeTextEditor, visibleTextEditors, tabGroups } = vscode.window;
  const shown = visibleTextEditors.find(({ document }) => document.uri.scheme === SCHEME);
  if (shown?.viewColumn !== undefined) return shown.viewColumn;
  const empty = activeTextEditor === undefined && tabGroups.activeTabGroup.tabs.length === 0;
  return empty ? vscode.ViewColumn.Active : vscode.ViewColumn.Beside;
}
