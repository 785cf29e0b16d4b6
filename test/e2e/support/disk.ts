/** Files of the workspace, as the editor has left them on the disk. */
import { readFile } from "node:fs/promises";
import { expect } from "vitest";
import { PATIENCE_MS } from "../driver/until.js";
import type { Workbench } from "../driver/workbench.js";

/** Waits until a file has exactly this text. */
export async function expectFile(path: string, text: string): Promise<void> {
  const read = () => readFile(path, "utf8").catch(() => "no such file");
  await expect.poll(read, { timeout: PATIENCE_MS, interval: 50 }).toBe(text);
}

/** Saves the active editor, which must then have exactly this text. */
export async function expectSaved(workbench: Workbench, path: string, text: string): Promise<void> {
  await workbench.save();
  await expectFile(path, text);
}
