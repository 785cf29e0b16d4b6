/** What the editor itself tells of how long extensions took to start. */
import type { Browser } from "playwright-core";
import { openWorkbench } from "../../../test/e2e/driver/workbench.js";
import { until } from "../../../test/e2e/driver/until.js";

/** In whole milliseconds. */
export interface Activation {
  readonly load: number;
  readonly call: number;
  readonly finish: number;
}

/**
 * Opens the view in a new window, whose extension host starts anew, and reads what the editor tells
 * of these extensions.
 */
export async function activate(
  browser: Browser,
  url: string,
  ids: readonly string[],
): Promise<readonly Activation[]> {
  const workbench = await openWorkbench(browser, url);
  try {
    await workbench.tree.open("API Snippets");
    await workbench.runCommand("Developer: Startup Performance");
    return await until("the extensions in the editor's account", async () => {
      const text = await workbench.editor.text();
      const found = ids.map((id) => activationIn(text, id));
      return found.every((one) => one !== undefined) && found;
    });
  } finally {
    await workbench.close();
  }
}

/** From the row `| publisher.name | false | 12 | 3 | 0 | onView:… | publisher.name |`. */
export function activationIn(text: string, id: string): Activation | undefined {
  const rows = text.split("\n").map((line) => line.split("|").map((cell) => cell.trim()));
  const [load, call, finish] = rows.find(([, name]) => name === id)?.slice(3, 6) ?? [];
  if (!load || !call || !finish) return undefined;
  return { load: Number(load), call: Number(call), finish: Number(finish) };
}
