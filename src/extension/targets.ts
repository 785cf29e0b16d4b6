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

/** The names of the new files that each target opens. */
export type NewFiles = Readonly<Record<TargetName, readonly string[]>>;

type IsTaken = (name: string) => Promise<boolean>;

/** `client.mjs`, `client-2.mjs`, …: the first name that fits. */
async function firstName(
  fileName: string,
  fits: (name: string) => Promise<boolean>,
): Promise<string> {
  const rest = /(\.test)?\.\w+$/.exec(fileName)?.[0] ?? "";
  const stem = fileName.slice(0, fileName.length - rest.length);
  // Python can't import a module that has a hyphen in its name.
  const joint = rest.endsWith(".py") ? "_" : "-";
  let name = fileName;
  for (let count = 2; !(await fits(name)); count += 1) name = `${stem}${joint}${count}${rest}`;
  return name;
}

/** The first name that isn't taken. */
export function freeName(fileName: string, isTaken: IsTaken): Promise<string> {
  return firstName(fileName, async (name) => !(await isTaken(name)));
}

/** A name for a client that is free together with those of the files that are called after it. */
export function freeClientName(
  fileName: string,
  namesBeside: (clientName: string) => readonly string[],
  isTaken: IsTaken,
): Promise<string> {
  return firstName(fileName, async (name) => {
    const stem = name.slice(0, name.lastIndexOf("."));
    const named = namesBeside(name).filter((beside) => beside.includes(stem));
    const taken = await Promise.all([name, ...named].map(isTaken));
    return !taken.includes(true);
  });
}
