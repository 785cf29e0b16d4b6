/** What `npm run verify` showed of a block, in a few words. */
import { l10n } from "vscode";
import type { Block, Language } from "../catalog/catalog.js";

/** Runs of clients with a block, in one language. */
interface Count {
  readonly runs: number;
  readonly failed: number;
  /** Those that all runs kept. */
  readonly behaviours: number;
}

/** By the block's id, then by the language's name. */
export type Verified = Readonly<Record<string, Readonly<Record<string, Count | undefined>>>>;

/** Undefined where it wasn't run, or not without a failure. */
export function verifiedText(
  verified: Verified,
  block: Block,
  language: Language,
): string | undefined {
  const count = verified[block.id]?.[language.name];
  if (!count || count.failed > 0) return undefined;
  const runs = count.runs.toLocaleString("en");
  return l10n.t(
    "Verified: {0} behaviours in {1} runs of clients with this block",
    count.behaviours,
    runs,
  );
}
