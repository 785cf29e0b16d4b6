/** The branch where the fields of a recipe get their values. */
import { l10n } from "vscode";
import type { Field } from "../catalog/catalog.js";
import { parseField } from "../catalog/recipe.js";
import type { Answered, Frame, Item, Prompts } from "./quick-input.js";
import type { WizardState } from "./state.js";
import { fieldRow } from "./texts.js";

type DetailsChoice = { readonly kind: "field"; readonly field: Field } | { readonly kind: "reset" };

/** Lets the user change fields, one after the other, until Back. */
export async function askDetails(
  state: WizardState,
  prompts: Prompts,
): Promise<"back" | "cancelled"> {
  const frame = { title: l10n.t("Details"), back: true };
  const placeholder = l10n.t("Choose a value to change, or go back");
  let last: Field | undefined;
  for (;;) {
    const items = detailsItems(state);
    const active = items.find(({ value }) => value?.kind === "field" && value.field === last);
    const answered = await prompts.pick({ frame, placeholder, items, active });
    if (answered.kind !== "picked") return answered.kind;
    if (answered.value.kind === "reset") {
      state.reset();
      continue;
    }
    last = answered.value.field;
    const value = await askField(last, state, prompts);
    if (value.kind === "cancelled") return "cancelled";
    if (value.kind === "picked") state.set(last, value.value);
  }
}

function detailsItems(state: WizardState): readonly Item<DetailsChoice>[] {
  const rows = state.fields.map((field): Item<DetailsChoice> => {
    return { ...fieldRow(field, state.value(field)), value: { kind: "field", field } };
  });
  const reset: Item<DetailsChoice> = {
    label: l10n.t("$(discard) Reset all to their defaults"),
    value: { kind: "reset" },
  };
  return state.changedFields.length > 0 ? [...rows, reset] : rows;
}

async function askField(
  field: Field,
  state: WizardState,
  prompts: Prompts,
): Promise<Answered<string | number>> {
  const frame: Frame = { title: field.name, back: true };
  const current = String(state.value(field));
  if (field.type === "choice") {
    const items = field.choices.map((label) => ({ label, value: label }));
    const active = items.find((item) => item.value === current);
    return prompts.pick({ frame, placeholder: field.description, items, active });
  }
  const answered = await prompts.enter({
    frame,
    prompt: field.description,
    value: current,
    initial: String(field.default),
    problem: (text) => {
      const parsed = parseField(field, text);
      return parsed.ok ? undefined : parsed.problems.join(" ");
    },
  });
  if (answered.kind !== "picked") return answered;
  const parsed = parseField(field, answered.value);
  return parsed.ok ? { kind: "picked", value: parsed.value } : { kind: "back" };
}
