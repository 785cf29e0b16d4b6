/** The rows of the wizard's last step. */
import { l10n } from "vscode";
import type { Question, TickList } from "../catalog/questions.js";
import type { Language } from "../catalog/catalog.js";
import { type Item, separator } from "./quick-input.js";
import type { WizardState } from "./state.js";
import {
  type EditorFacts,
  type NewFiles,
  type TargetName,
  cursorRefusal,
  orderTargets,
} from "./targets.js";
import {
  choiceRow,
  destination,
  detailsRow,
  optionRow,
  previewRow,
  targetRow,
  tickListRow,
} from "./texts.js";

/** What leads back to the menu. */
export type Branch =
  | { readonly kind: "question"; readonly id: string; readonly question: Question }
  | { readonly kind: "extras"; readonly id: string; readonly list: TickList }
  | { readonly kind: "details"; readonly id: string }
  | { readonly kind: "preview"; readonly id: string };

export type MenuChoice =
  Branch | { readonly kind: "target"; readonly id: string; readonly target: TargetName };

export function menuItems(
  state: WizardState,
  remembered: TargetName,
  editor: EditorFacts | undefined,
  files: NewFiles,
): readonly Item<MenuChoice>[] {
  const options = state.questions("last").map((question): Item<MenuChoice> => {
    const value: MenuChoice = { kind: "question", id: question.name, question };
    return { ...optionRow(question, state.current(question)), value };
  });
  const extras = state.tickLists().map((list): Item<MenuChoice> => {
    return { ...tickListRow(list), value: { kind: "extras", id: list.name, list } };
  });
  return [
    separator(l10n.t("Target")),
    ...targetItems(state.language, remembered, editor, files),
    separator(l10n.t("Options")),
    ...options,
    ...extras,
    {
      ...detailsRow(state.fields.length, state.changedFields),
      value: { kind: "details", id: "details" },
    },
    { ...previewRow(state.recipe()), value: { kind: "preview", id: "preview" } },
  ];
}

/** What can be ticked, then what can't, with the reason. */
export function tickItems({ choices }: TickList): readonly Item<string>[] {
  const items = choices.map((choice): Item<string> => {
    const row = choiceRow(choice, false);
    return { ...row, picked: choice.ticked && !row.disabled, value: choice.answer.name };
  });
  const refused = items.filter(({ disabled }) => disabled);
  const rest = items.filter((item) => !refused.includes(item));
  return refused.length === 0
    ? rest
    : [...rest, separator(l10n.t("not with these answers")), ...refused];
}

function targetItems(
  language: Language,
  remembered: TargetName,
  editor: EditorFacts | undefined,
  files: NewFiles,
): Item<MenuChoice>[] {
  const refusal = cursorRefusal(editor, language);
  const refused = (target: TargetName) => target === "cursor" && refusal !== undefined;
  return orderTargets(remembered, refused).map((target) => ({
    ...targetRow(
      target,
      destination(target, files[target], editor),
      target === "cursor" ? refusal : undefined,
    ),
    value: { kind: "target", id: target, target },
  }));
}
