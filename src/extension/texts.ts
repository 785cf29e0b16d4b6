/** How answers, targets and refusals read in the editor. */
import { l10n } from "vscode";
import type { Answer, Field } from "../catalog/catalog.js";
import type { Choice, Question, TickList } from "../catalog/questions.js";
import type { FieldValue, Recipe } from "../catalog/recipe.js";
import type { EditorFacts, Refusal, TargetName } from "./targets.js";

/** The texts of one row of a picker. */
export interface Row {
  readonly label: string;
  readonly description: string;
  readonly detail?: string;
  readonly disabled?: boolean;
}

/** Best for, strength and weakness, as far as they are told, each with its label. */
function merits({ bestFor, strength, weakness }: Answer): readonly (readonly [string, string])[] {
  const told: readonly (readonly [string, string | undefined])[] = [
    [l10n.t("Best for"), bestFor],
    [l10n.t("Strength"), strength],
    [l10n.t("Weakness"), weakness],
  ];
  return told.flatMap(([label, text]) => (text === undefined ? [] : [[label, text] as const]));
}

/** The same in one line, short enough for a picker. */
export function answerDetail({ bestFor, strength, weakness }: Answer): string {
  const told = [
    bestFor && l10n.t("Best for {0}", bestFor),
    strength && `+ ${strength}`,
    weakness && `− ${weakness}`,
  ];
  return told.filter(Boolean).join(" · ");
}

export function answerMarkdown(answer: Answer): string {
  const lines = merits(answer).map(([label, text]) => `- **${label}:** ${text}`);
  return [`**${answer.title}**`, answer.summary, lines.join("\n")].filter(Boolean).join("\n\n");
}

export function choiceRow({ answer, unavailable }: Choice, current: boolean): Row {
  const detail = answerDetail(answer);
  const base = { label: answer.title, ...(detail ? { detail } : {}) };
  if (unavailable !== undefined) {
    return { ...base, description: `$(circle-slash) ${unavailable}`, disabled: true };
  }
  const marks = [
    ...(current ? [l10n.t("current")] : []),
    ...(answer.recommended ? [l10n.t("$(star-full) recommended")] : []),
    answer.summary,
  ];
  return { ...base, description: marks.join(" · ") };
}

export function fieldRow(field: Field, value: FieldValue): Row {
  const changed = value !== field.default;
  const shown = value === "" ? l10n.t("(empty)") : String(value);
  return {
    label: field.name,
    description: changed ? l10n.t("{0} · default {1}", shown, String(field.default)) : shown,
    detail: field.description,
  };
}

export function detailsRow(count: number, changed: readonly Field[]): Row {
  const names = changed.map((field) => field.name).join(", ");
  return {
    label: l10n.t("$(settings-gear) Details: {0} fields", count),
    description: names === "" ? l10n.t("all at their defaults") : l10n.t("changed: {0}", names),
  };
}

export function optionRow({ title, choices }: Question, current: string | undefined): Row {
  const chosen = choices.find(({ answer }) => answer.name === current);
  return { label: `$(list-selection) ${title}`, description: chosen?.answer.title ?? "" };
}

export function tickListRow({ title, choices }: TickList): Row {
  const ticked = choices.filter((choice) => choice.ticked && choice.unavailable === undefined);
  const titles = ticked.map(({ answer }) => answer.title).join(", ");
  return { label: `$(checklist) ${title}`, description: titles || l10n.t("none") };
}

export function previewRow({ blocks }: Recipe): Row {
  const phrases = blocks.flatMap(({ phrase }) => phrase ?? []);
  return { label: l10n.t("$(open-preview) Preview"), description: phrases.join(", ") };
}

const TARGET_ICONS = { file: "new-file", cursor: "insert", clipboard: "clippy" } as const;

function targetTitle(target: TargetName): string {
  switch (target) {
    case "file":
      return l10n.t("New File");
    case "cursor":
      return l10n.t("At the Cursor");
    case "clipboard":
      return l10n.t("Clipboard");
  }
}

/** Where a target brings the code, and which new files it opens. */
export function destination(
  target: TargetName,
  newFiles: readonly string[],
  editor: EditorFacts | undefined,
): string {
  const names = newFiles.join(" + ");
  if (target === "file") return l10n.t("{0}, not saved yet", names);
  const client = target === "cursor" ? (editor?.fileName ?? "") : l10n.t("the whole file");
  if (newFiles.length === 0) return client;
  return newFiles.length === 1
    ? l10n.t("{0}; {1} as a new file", client, names)
    : l10n.t("{0}; {1} as new files", client, names);
}

export function copiedMessage(newFiles: readonly string[]): string {
  if (newFiles.length === 0) return l10n.t("$(check) Copied to the clipboard");
  return l10n.t("$(check) Copied to the clipboard, and opened {0}", newFiles.join(" + "));
}

/** @param where what it goes to: a file's name */
export function targetRow(target: TargetName, where: string, refusal?: Refusal): Row {
  const label = `$(${TARGET_ICONS[target]}) ${targetTitle(target)}`;
  if (!refusal) return { label, description: where };
  return { label, description: `$(circle-slash) ${refusalReason(refusal)}`, disabled: true };
}

export function refusalReason(refusal: Refusal): string {
  switch (refusal.kind) {
    case "no-editor":
      return l10n.t("no editor is open");
    case "read-only":
      return l10n.t("{0} is read-only", refusal.fileName);
    case "closed":
      return l10n.t("{0} was closed", refusal.fileName);
    case "other-language": {
      const { fileName, languageId, language } = refusal;
      return l10n.t("{0} is {1}, not {2}", fileName, languageId, language.title);
    }
  }
}

/** The cause and the next step, for a message. */
export function refusalMessage(refusal: Refusal): string {
  switch (refusal.kind) {
    case "no-editor":
      return l10n.t(
        "There is no editor to insert into. Open a {0} file, or choose another target.",
        refusal.language.title,
      );
    case "read-only":
      return l10n.t(
        "{0} is read-only, and nothing was inserted. Choose another target.",
        refusal.fileName,
      );
    case "closed":
      return l10n.t(
        "{0} was closed, and nothing was inserted. Open it again, or choose another target.",
        refusal.fileName,
      );
    case "other-language":
      return l10n.t(
        "{0} is {1}, and this code is {2}. Open a {2} file, or choose another target.",
        refusal.fileName,
        refusal.languageId,
        refusal.language.title,
      );
  }
}
