/** New files as unsaved documents: nothing is written to the disk, and no other file is touched. */
import * as vscode from "vscode";
import type { GeneratedFile } from "../render/renderer.js";
import { type Code, editorId, extension } from "./code.js";
import { type NewFiles, freeClientName, freeName } from "./targets.js";

/** A client by the name that it gets, and the files beside it by theirs. */
interface Plan {
  readonly client: GeneratedFile;
  readonly beside: readonly GeneratedFile[];
}

/** @param host the name of the file that the client is inserted into, if it is one */
export async function planFiles(code: Code, host?: string): Promise<Plan> {
  const names = (client: string) => code.beside(client).map(({ fileName }) => fileName);
  const isHost = host !== undefined && extension(host) === extension(code.fileName);
  const fileName = isHost ? host : await freeClientName(code.fileName, names, isTaken);
  const beside = code.beside(fileName).map(async (file) => {
    return { ...file, fileName: await freeName(file.fileName, isTaken) };
  });
  return { client: { ...code, fileName }, beside: await Promise.all(beside) };
}

/** @param host the name of the file in the user's editor */
export async function newFileNames(code: Code, host: string | undefined): Promise<NewFiles> {
  const names = (files: readonly GeneratedFile[]) => files.map(({ fileName }) => fileName);
  const { client, beside } = await planFiles(code);
  const inserted = await planFiles(code, host);
  return {
    file: names([client, ...beside]),
    cursor: names(inserted.beside),
    clipboard: names(beside),
  };
}

/**
 * Opens unsaved documents, whose texts one undo takes back together; in a workspace they have names
 * already. The editor itself opens tabs of those that nobody shows, in its own time, after the tab
 * that is in front.
 */
export async function openFiles(
  files: readonly GeneratedFile[],
  { showsFirst = false } = {},
): Promise<void> {
  const folder = workspaceFolder();
  const edit = new vscode.WorkspaceEdit();
  let shown: vscode.TextEditor | undefined;
  for (const [index, file] of files.entries()) {
    const document = await (folder ? openNamed(file, folder, edit) : openUnnamed(file));
    if (showsFirst && index === 0) shown = await vscode.window.showTextDocument(document);
  }
  await vscode.workspace.applyEdit(edit);
  // The text that was added took the cursor along, past what there is to read first.
  if (shown) shown.selection = new vscode.Selection(0, 0, 0, 0);
}

/** @param edit where the text is added, as it is no part of the document yet */
async function openNamed(
  file: GeneratedFile,
  folder: vscode.Uri,
  edit: vscode.WorkspaceEdit,
): Promise<vscode.TextDocument> {
  const uri = vscode.Uri.joinPath(folder, file.fileName).with({ scheme: "untitled" });
  edit.insert(uri, new vscode.Position(0, 0), file.text);
  return vscode.workspace.openTextDocument(uri);
}

async function openUnnamed(file: GeneratedFile): Promise<vscode.TextDocument> {
  const language = editorId(file);
  const content = { content: file.text, ...(language === undefined ? {} : { language }) };
  return vscode.workspace.openTextDocument(content);
}

function workspaceFolder(): vscode.Uri | undefined {
  return vscode.workspace.workspaceFolders?.[0]?.uri;
}

async function isTaken(name: string): Promise<boolean> {
  const folder = workspaceFolder();
  if (!folder) return false;
  const uri = vscode.Uri.joinPath(folder, name);
  if (vscode.workspace.textDocuments.some(({ uri: { path } }) => path === uri.path)) return true;
  return vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}
