/** Brings code to a new document, to the cursor or to the clipboard; never over anything else. */
import * as vscode from "vscode";
import type { Catalog, Language } from "../catalog/catalog.js";
import type { Code } from "./code.js";
import { openFiles, planFiles } from "./new-files.js";
import { SCHEME } from "./preview.js";
import {
  type EditorFacts,
  type Refusal,
  type TargetName,
  cursorRefusal,
  isWritable,
} from "./targets.js";
import { copiedMessage, refusalMessage } from "./texts.js";

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
      await openNewFiles(code);
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

async function insertAtCursor(code: Code): Promise<Refusal | undefined> {
  const editor = userEditor();
  const refusal = cursorRefusal(editorFacts(editor), code.language);
  if (refusal || !editor) return refusal;
  const fileName = baseName(editor.document.uri);
  const { version } = editor.document;
  try {
    await editor.insertSnippet(new vscode.SnippetString(code.snippet));
  } catch (error) {
    if (!vscode.window.visibleTextEditors.includes(editor)) return { kind: "closed", fileName };
    throw error;
  }
  // A file that may not be written is a read-only editor, which takes the snippet and drops it.
  if (editor.document.version === version) return { kind: "read-only", fileName };
  await openFiles((await planFiles(code, fileName)).beside);
  return undefined;
}

async function copy(code: Code): Promise<void> {
  await vscode.env.clipboard.writeText(code.text);
  const { beside } = await planFiles(code);
  await openFiles(beside);
  const names = beside.map(({ fileName }) => fileName);
  vscode.window.setStatusBarMessage(copiedMessage(names), 4000);
}

async function openNewFiles(code: Code): Promise<void> {
  const { client, beside } = await planFiles(code);
  await openFiles([client, ...beside], { showsFirst: true });
}
