/** What modules without an editor need of `vscode`: texts in their own language. */
export const l10n = {
  t: (message: string, ...args: readonly (string | number)[]) =>
    message.replace(/\{(\d)\}/g, (_, index: string) => String(args[Number(index)])),
};

export const QuickPickItemKind = { Separator: -1 };
