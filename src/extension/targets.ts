/** Where generated code can go, and what stands against it. */
import type { Language } from "../catalog/catalog.js";

export const TARGET_NAMES = ["file", "cursor", "clipboard"] as const;
export type TargetName = (typeof TARGET_NAMES)[number];

/** What must be known of an editor before code is inserted. */
export interface EditorFacts {
  readonly fileName: string;
  readonly languageId: string;
  readonly writable: boolean;
}

/** Why nothing was inserted, or can be. */
export type Refusal =
  | { readonly kind: "no-editor"; readonly language: Language }
  | { readonly kind: "read-only"; readonly fileName: string }
  | { readonly kind: "closed"; readonly fileName: string }
  | {
      readonly kind: "other-language";
      readonly language: Language;
      readonly fileName: string;
      readonly languageId: string;
    };

export function cursorRefusal(
  editor: EditorFacts | undefined,
  language: Language,
): Refusal | undefined {
  if (!editor) return { kind: "no-editor", language };
  const { fileName, languageId } = editor;
  if (!editor.writable) return { kind: "read-only", fileName };
  if (language.snippetIds.includes(languageId)) return undefined;
  return { kind: "other-language", language, fileName, languageId };
}

/**
 * Schemes that the editor writes itself; others are written by a file system, which knows.
 * Output, diffs and previews have neither.
 */
const EDITOR_SCHEMES = ["untitled", "vscode-notebook-cell"];

export function isWritable(scheme: string, fileSystemWritable: boolean | undefined): boolean {
  return EDITOR_SCHEMES.includes(scheme) || fileSystemWritable === true;
}

/** The remembered target first, and last what can't be had. */
export function orderTargets(
  remembered: TargetName,
  refused: (target: TargetName) => boolean,
): readonly TargetName[] {
  const rank = (target: TargetName) => (refused(target) ? 2 : target === remembered ? 0 : 1);
  return [...TARGET_NAMES].sort((a, b) => rank(a) - rank(b));
}

/** `client.mjs`, `client-2.mjs`, …: the first name that isn't taken. */
export async function freeName(
  fileName: string,
  taken: (name: string) => Promise<boolean>,
): Promise<string> {
  const dot = fileName.lastIndexOf(".");
  const [stem, extension] = [fileName.slice(0, dot), fileName.slice(dot)];
  let name = fileName;
  for (let count = 2; await taken(name); count += 1) name = `${stem}-${count}${extension}`;
  return name;
}
