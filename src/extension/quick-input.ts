/** The editor's pickers and input boxes as promises, with Back and with items that can't be had. */
import * as vscode from "vscode";

/** One row of a picker. Without a value it is a separator. */
export interface Item<T> extends vscode.QuickPickItem {
  readonly value?: T;
  /** Shown with its reason, and not to be picked. */
  readonly disabled?: boolean;
}

/** Where an input stands in its sequence. */
export interface Frame {
  readonly title: string;
  readonly step?: number;
  readonly totalSteps?: number;
  readonly back: boolean;
}

export type Answered<T> =
  | { readonly kind: "picked"; readonly value: T }
  | { readonly kind: "back" }
  | { readonly kind: "cancelled" };

/** What is asked with a list. */
export interface ListOptions<T> {
  readonly frame: Frame;
  readonly placeholder: string;
  /** Those that are `picked` are ticked at first, where several may be. */
  readonly items: readonly Item<T>[];
  /** Keeps the picker while the user looks into an editor. */
  readonly stay?: boolean;
}

export interface PickOptions<T> extends ListOptions<T> {
  readonly active?: Item<T> | undefined;
  /** Runs what a button on an item is for; the picker stays. */
  readonly onItemButton?: (value: T, button: vscode.QuickInputButton) => void;
}

/** How to ask; tests answer by themselves. */
export interface Prompts {
  readonly pick: <T>(options: PickOptions<T>) => Promise<Answered<T>>;
  readonly tick: <T>(options: ListOptions<T>) => Promise<Answered<readonly T[]>>;
  readonly enter: (options: EnterOptions) => Promise<Answered<string>>;
}

export function separator<T>(label: string): Item<T> {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

export async function pick<T>(options: PickOptions<T>): Promise<Answered<T>> {
  const input = picker(options);
  // Without this nothing is active where a separator comes first.
  const first = options.items.find((item) => item.value !== undefined && !item.disabled);
  input.activeItems = [options.active ?? first].filter((item) => item !== undefined);
  return settle<T>(input, (resolve) => {
    input.onDidAccept(() => {
      const [item] = input.selectedItems;
      if (item?.value === undefined || item.disabled) return;
      resolve({ kind: "picked", value: item.value });
    });
    input.onDidTriggerItemButton(({ item, button }) => {
      if (item.value !== undefined) options.onItemButton?.(item.value, button);
    });
  });
}

/** Asks which items shall be ticked; a tick on a disabled one is taken away again. */
export async function tick<T>(options: ListOptions<T>): Promise<Answered<readonly T[]>> {
  const input = picker(options);
  input.canSelectMany = true;
  input.selectedItems = options.items.filter(({ picked }) => picked);
  return settle<readonly T[]>(input, (resolve) => {
    const enabled = () => input.selectedItems.filter(({ disabled }) => !disabled);
    input.onDidChangeSelection(() => {
      const allowed = enabled();
      if (allowed.length < input.selectedItems.length) input.selectedItems = allowed;
    });
    input.onDidAccept(() => {
      const value = enabled().flatMap((item) => (item.value === undefined ? [] : [item.value]));
      resolve({ kind: "picked", value });
    });
  });
}

function picker<T>(options: ListOptions<T>): vscode.QuickPick<Item<T>> {
  const input = vscode.window.createQuickPick<Item<T>>();
  frame(input, options.frame);
  input.placeholder = options.placeholder;
  input.ignoreFocusOut = options.stay ?? false;
  input.matchOnDescription = true;
  input.matchOnDetail = true;
  input.items = options.items;
  return input;
}

export interface EnterOptions {
  readonly frame: Frame;
  readonly prompt: string;
  readonly value: string;
  readonly initial: string;
  /** What is wrong with a text, or undefined. */
  readonly problem: (text: string) => string | undefined;
}

export async function enter(options: EnterOptions): Promise<Answered<string>> {
  const input = vscode.window.createInputBox();
  const reset: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon("discard"),
    tooltip: vscode.l10n.t('Back to the default "{0}"', options.initial),
  };
  frame(input, options.frame);
  input.buttons = [...input.buttons, reset];
  input.prompt = options.prompt;
  input.placeholder = options.initial;
  input.value = options.value;
  // Values are pasted from the API's documentation, which is another window.
  input.ignoreFocusOut = true;
  const check = () => {
    const problem = options.problem(input.value);
    input.validationMessage = problem;
    return problem === undefined;
  };
  return settle<string>(input, (resolve) => {
    input.onDidChangeValue(check);
    input.onDidTriggerButton((button) => {
      if (button !== reset) return;
      input.value = options.initial;
      check();
    });
    input.onDidAccept(() => {
      if (check()) resolve({ kind: "picked", value: input.value });
    });
  });
}

function frame(input: vscode.QuickInput & Buttons, { title, step, totalSteps, back }: Frame): void {
  input.title = title;
  input.step = step;
  input.totalSteps = totalSteps;
  input.buttons = back ? [vscode.QuickInputButtons.Back] : [];
}

interface Buttons {
  buttons: readonly vscode.QuickInputButton[];
  readonly onDidTriggerButton: vscode.Event<vscode.QuickInputButton>;
}

/** Shows an input until it is answered, left or hidden, and disposes it. */
async function settle<T>(
  input: vscode.QuickInput & Buttons,
  listen: (resolve: (answered: Answered<T>) => void) => void,
): Promise<Answered<T>> {
  try {
    return await new Promise((resolve) => {
      listen(resolve);
      input.onDidTriggerButton((button) => {
        if (button === vscode.QuickInputButtons.Back) resolve({ kind: "back" });
      });
      input.onDidHide(() => {
        resolve({ kind: "cancelled" });
      });
      input.show();
    });
  } finally {
    input.dispose();
  }
}
