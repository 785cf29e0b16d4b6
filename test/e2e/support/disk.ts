/** Files of the workspace, as the editor leaves them on the disk. */
import { readFile } from "node:fs/promises";
import { expect } from "vitest";
import { PATIENCE_MS } from "../driver/until.js";
import type { Workbench } from "../driver/workbench.js";

const PATIENTLY = { timeout: PATIENCE_MS, interval: 50 };

/** Waits until the active editor has this text, saves it, and compares what is on the disk. */
export async function expectSaved(workbench: Workbench, path: string, text: string): Promise<void> {
  const { editor, page } = workbench;
  const lines = (written: string) => written.replaceAll("\r\n", "\n");
  await expect.poll(async () => lines(await editor.text()), PATIENTLY).toBe(lines(text));
  // Once: a second time, while the first is under way, would ask whether to replace the file.
  await page.keyboard.press("ControlOrMeta+s");
  const read = () => readFile(path, "utf8").catch(() => "no such file");
  await expect.poll(read, PATIENTLY).toBe(text);
}
