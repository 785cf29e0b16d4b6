/** A picture of the editor for each test that fails. */
import { afterEach } from "vitest";
import type { Workbench } from "./workbench.js";

/**
 * Call it once in a `describe`.
 * @param current the window under test, or undefined where none is open yet
 */
export function screenshotOnFailure(current: () => Workbench | undefined): void {
  afterEach(async ({ task }) => {
    if (task.result?.state !== "fail") return;
    const path = await current()?.screenshot(`failed ${task.suite?.name ?? ""} ${task.name}`);
    if (path) console.error(`${task.name} failed: see ${path}`);
  });
}
