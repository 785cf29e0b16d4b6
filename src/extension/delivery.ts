/** Brings code to a new document, to the cursor or to the clipboard; never over anything else. */
import * as vscode from "vscode";
import type { Catalog, Language } from "../catalog/catalog.js";
import {
  type EditorFacts,
  type Refusal,
  type TargetName,
  cursorRefusal,
  freeName,
  isWritable,
} from "./targets.js";
import { SCHEME } from "./preview.js";
import { refusalMessage } from "./texts.js";

/** Code that is ready to go: as a whole text, and as an editor snippet. */
export interface Code {
  readonly fileName: string;
  readonly language: Language;
  readonly text: string;
  readonly snippet: string;
}

/** The editor that the user works in; a preview or an output panel beside it doesn't count. */
export function userEditor(): vscode.TextEditor | undefined {
  const { activeTextEditor, visibleTextEditors } = vscode.window;
  const editors = [...(activeTextEditor ? [activeTextEditor] : []), ...visibleTextEditors];
  return editors.find(({ document }) => ![SCHEME, "output"].includes(document.uri.scheme));
}

/** The language that the user's editor is in, if the catalog has it. */
export function editorLanguage(catalog: Catalog): Language | undefined {
  const id = userEditor()?.document.languageId ?? "";
  return catalog.languages.find((language) => language.snippetIds.includes(id));
}

export function editorFacts(editor: vscode.TextEditor | undefined): EditorFacts | undefined {
  if (!editor) return undefined;
  const { uri, languageId } = editor.document;
  const writable = isWritable(uri.scheme, vscode.workspace.fs.isWritableFileSystem(uri.scheme));
  return { fileName: baseName(uri), languageId, writable };
}

function baseName(uri: vscode.Uri): string {
  return uri.path.slice(uri.path.lastIndexOf("/") + 1);
}

/** @returns whether the code has arrived; if not, the user has been told why */
export async function deliver(target: TargetName, code: Code): Promise<boolean> {
  switch (target) {
    case "file":
      await openNewFile(code);
      return true;
    case "clipboard":
      await copy(code);
      return true;
    case "cursor": {
      const refusal = await insertAtCursor(code);
      return refusal === undefined || offerElse(refusal, code);
    }
  }
}

async function offerElse(refusal: Refusal, code: Code): Promise<boolean> {
  const newFile = vscode.l10n.t("New File");
  const clipboard = vscode.l10n.t("Copy");
  const picked = await vscode.window.showErrorMessage(refusalMessage(refusal), newFile, clipboard);
  if (picked === newFile) return deliver("file", code);
  if (picked === clipboard) return deliver("clipboard", code);
  return false;
}

async function insertAtCursor({ language, snippet }: Code): Promise<Refusal | undefined> {
  const editor = userEditor();
  const refusal = cursorRefusal(editorFacts(editor), language);
  if (refusal || !editor) return refusal;
  const fileName = baseName(editor.document.uri);
  const { version } = editor.document;
  try {
    await editor.insertSnippet(new vscode.SnippetString(snippet));
  } catch (error) {
    if (!vscode.window.visibleTextEditors.includes(editor)) return { kind: "closed", fileName };
    throw error;
  }
  // A file that may not be written is a read-only editor, which takes the snippet and drops it.
  return editor.document.version === version ? { kind: "read-only", fileName } : undefined;
}

async function copy({ text }: Code): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(vscode.l10n.t("$(check) Copied to the clipboard"), 4000);
}

/** Opens an unsaved document; in a workspace it has a name already, which no other file has. */
async function openNewFile({ fileName, language, text }: Code): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  if (!folder) {
    const content = { language: language.editorId, content: text };
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(content));
    return;
  }
  const name = await freeName(fileName, (candidate) => isTaken(folder, candidate));
  const uri = vscode.Uri.joinPath(folder, name).with({ scheme: "untitled" });
  const document = await vscode.workspace.openTextDocument(uri);
  const edit = new vscode.WorkspaceEdit();
  edit.insert(uri, new vscode.Position(0, 0), text);
  await vscode.workspace.applyEdit(edit);
  await vscode.window.showTextDocument(document);
}

async function isTaken(folder: vscode.Uri, name: string): Promise<boolean> {
  const uri = vscode.Uri.joinPath(folder, name);
  if (vscode.workspace.textDocuments.some(({ uri: { path } }) => path === uri.path)) return true;
  return vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}
