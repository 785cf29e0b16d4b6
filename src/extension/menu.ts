/** The rows of the wizard's last step. */
import { l10n } from "vscode";
import type { Question } from "../catalog/questions.js";
import type { Language } from "../catalog/catalog.js";
import { type Item, separator } from "./quick-input.js";
import type { WizardState } from "./state.js";
import { type EditorFacts, type TargetName, cursorRefusal, orderTargets } from "./targets.js";
import { detailsRow, optionRow, previewRow, targetRow } from "./texts.js";

/** What leads back to the menu. */
export type Branch =
  | { readonly kind: "question"; readonly id: string; readonly question: Question }
  | { readonly kind: "details"; readonly id: string }
  | { readonly kind: "preview"; readonly id: string };

export type MenuChoice =
  Branch | { readonly kind: "target"; readonly id: string; readonly target: TargetName };

export function menuItems(
  state: WizardState,
  remembered: TargetName,
  editor: EditorFacts | undefined,
): readonly Item<MenuChoice>[] {
  const options = state.questions("last").map((question): Item<MenuChoice> => {
    const value: MenuChoice = { kind: "question", id: question.name, question };
    return { ...optionRow(question, state.current(question)), value };
  });
  return [
    separator(l10n.t("Target")),
    ...targetItems(state.language, remembered, editor),
    separator(l10n.t("Options")),
    ...options,
    {
      ...detailsRow(state.fields.length, state.changedFields),
      value: { kind: "details", id: "details" },
    },
    { ...previewRow(state.recipe()), value: { kind: "preview", id: "preview" } },
  ];
}

function targetItems(
  language: Language,
  remembered: TargetName,
  editor: EditorFacts | undefined,
): Item<MenuChoice>[] {
  const refusal = cursorRefusal(editor, language);
  const refused = (target: TargetName) => target === "cursor" && refusal !== undefined;
  const where = {
    file: l10n.t("{0}, not saved yet", language.fileName),
    cursor: editor?.fileName ?? "",
    clipboard: l10n.t("the whole file"),
  };
  return orderTargets(remembered, refused).map((target) => ({
    ...targetRow(target, where[target], target === "cursor" ? refusal : undefined),
    value: { kind: "target", id: target, target },
  }));
}
