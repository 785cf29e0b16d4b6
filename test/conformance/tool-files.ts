/** An admin tool that has a file of three lines to write. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Scenario, Workplace } from "./scenario.js";

export const LINES = ["a", "b", "c"].map((name) => `${JSON.stringify({ name })}\n`).join("");
export const APPLY = ["--input", "in.jsonl", "--apply"];

/** Puts a text where the tool is told to read its lines. */
export const given =
  (text: string) =>
  ({ directory }: Workplace): Promise<void> =>
    writeFile(join(directory, "in.jsonl"), text);

export const TOOL = {
  job: { useCase: "admin-tool" },
  axes: [],
  args: APPLY,
  earlier: given(LINES),
} satisfies Partial<Scenario>;
