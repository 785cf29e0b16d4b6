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
import type { Renderer } from "../render/renderer.js";
import { type Verified, verifiedText } from "./verified.js";

export const SCHEME = "api-snippets";
const RECIPE = "/recipe/";
const BLOCK = "/block/";

/** `client.mjs` and "Offset / limit" as `Offset-limit.mjs`, for a tab's title. */
export function previewName(title: string, fileName: string): string {
  const stem = title.replace(/\s*[/\\?#]+\s*/g, "-");
  return stem + fileName.slice(fileName.lastIndexOf("."));
}

export class Previews implements vscode.TextDocumentContentProvider, vscode.CodeLensProvider {
  constructor(
    private readonly catalog: Catalog,
    private readonly renderer: Renderer,
    private readonly verified: Verified,
  ) {}

  provideTextDocumentContent({ path, query }: vscode.Uri): string {
    return (path.startsWith(RECIPE) ? this.#recipe(query) : this.#block(query)) ?? "";
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
    await this.#show(path, JSON.stringify([block.id, language.name]), language, preserveFocus);
  }

  async showRecipe(recipe: Recipe): Promise<void> {
    const { language } = recipe;
    const query = JSON.stringify(recipe.answers);
    await this.#show(RECIPE + language.fileName, query, language, true);
  }

  /** Closes what the wizard has shown. */
  async closeRecipe(): Promise<void> {
    const tabs = vscode.window.tabGroups.all
      .flatMap((group) => group.tabs)
      .filter(
        ({ input }) =>
          input instanceof vscode.TabInputText &&
          input.uri.scheme === SCHEME &&
          input.uri.path.startsWith(RECIPE),
      );
    await vscode.window.tabGroups.close(tabs);
  }

  async #show(
    path: string,
    query: string,
    language: Language,
    preserveFocus: boolean,
  ): Promise<void> {
    const uri = vscode.Uri.from({ scheme: SCHEME, path, query });
    const document = await vscode.workspace.openTextDocument(uri);
    if (document.languageId !== language.editorId) {
      await vscode.languages.setTextDocumentLanguage(document, language.editorId);
    }
    const options = { viewColumn: previewColumn(), preview: true, preserveFocus };
    await vscode.window.showTextDocument(document, options);
  }

  #recipe(query: string): string | undefined {
    const answers = answersSchema.safeParse(JSON.parse(query));
    const recipe = answers.success ? parseRecipe(this.catalog, answers.data) : undefined;
    return recipe?.ok ? this.renderer.file(recipe.value).text : undefined;
  }

  #block(query: string): string | undefined {
    const shown = this.#shown(query);
    return shown && this.renderer.block(shown.block, shown.language);
  }

  #shown(query: string): { readonly block: Block; readonly language: Language } | undefined {
    const [id, name] = JSON.parse(query) as [string, string];
    const block = findBlock(this.catalog, id);
    const language = findLanguage(this.catalog, name);
    return block && language && { block, language };
  }
}

/** Where previews are already, else beside the user's editor, so that this one stays active. */
function previewColumn(): vscode.ViewColumn {
  const { activeTextEditor, visibleTextEditors, tabGroups } = vscode.window;
  const shown = visibleTextEditors.find(({ document }) => document.uri.scheme === SCHEME);
  if (shown?.viewColumn !== undefined) return shown.viewColumn;
  const empty = activeTextEditor === undefined && tabGroups.activeTabGroup.tabs.length === 0;
  return empty ? vscode.ViewColumn.Active : vscode.ViewColumn.Beside;
}
