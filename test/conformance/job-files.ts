/** The files of a job: records as lines of JSON, and the checkpoint that says how far they go. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Choices, Files, Scenario, Seen, Workplace } from "./scenario.js";
import { exitsWith, itemIds, sends } from "./judging.js";
import { keepsTokens, paginates } from "./scenario.js";

export const OUTPUT = "items.jsonl";
export const CHECKPOINT = "items.jsonl.checkpoint";

/** Both of the jobs that keep a checkpoint, and the file that they append to. */
export const JOBS = [
  { name: "a sync job", job: { useCase: "sync-job" }, output: OUTPUT },
  { name: "an export", job: { extras: ["checkpoint"] }, output: `${OUTPUT}.part` },
];

/** Ten pages, of which the first three are answered. */
export const CUT_SHORT = {
  job: { useCase: "sync-job" },
  axes: [],
  set: { pageSize: 25 },
  session: { steps: ["ok", "ok", "ok", { delivery: "hang" }] },
  applies: (choices: Choices) => paginates(choices) && !keepsTokens(choices),
} satisfies Partial<Scenario>;

/** A run that ends while it waits for its fourth page. */
export function cutShort({ again }: Workplace, name: NodeJS.Signals = "SIGKILL") {
  return again({ interference: { signal: { name, afterRequests: 4, laterMs: 500 } } });
}

/** What a checkpoint holds, beside its checksum. */
interface Saved {
  readonly version: number;
  readonly job: string;
  readonly state: {
    readonly bytes: number;
    readonly position?: string | number;
    readonly since?: string;
  };
}

export function savedIn(files: Files): Saved {
  const [body = ""] = (files[CHECKPOINT]?.text ?? "").split("\n");
  return JSON.parse(body) as Saved;
}

/** What is behind the last page whose records the checkpoint says are there isn't there. */
export function hasNoMore(files: Files, output = OUTPUT): void {
  assert.equal(Buffer.byteLength(files[output]?.text ?? ""), savedIn(files).state.bytes);
}

/** Changes what a checkpoint holds, with the checksum or without. */
export async function tamper(
  { directory }: Workplace,
  change: (saved: Saved) => Saved,
  isSealed = true,
): Promise<void> {
  const path = join(directory, CHECKPOINT);
  const [body = "", sum = ""] = (await readFile(path, "utf8")).split("\n");
  const changed = JSON.stringify(change(JSON.parse(body) as Saved));
  const fresh = createHash("sha256").update(changed).digest("hex");
  await writeFile(path, `${changed}\n${isSealed ? fresh : sum}\n`);
}

/** The ids of a file's records; every line is one. */
export function idsIn(text = ""): readonly string[] {
  assert.ok(text === "" || text.endsWith("\n"), "the last line is whole");
  return text
    .split("\n")
    .slice(0, -1)
    .map((line) => (JSON.parse(line) as { id: string }).id);
}

/** Every record once, in order. */
export function hasAll(text: string | undefined, count = 250): void {
  assert.deepEqual(idsIn(text), itemIds(count));
}

/** The requests of the run that is judged. */
export function ownRequests({ requests, startedAt }: Seen) {
  return requests.filter(({ at }) => at >= startedAt);
}

/** The run before had come to the fourth page when it was killed, which is where this one goes on. */
export function goesOn(seen: Seen): void {
  exitsWith(seen, "done");
  assert.equal(seen.others[0]?.exitCode, null, "the run before was killed");
  hasAll(seen.files[OUTPUT]?.text);
  sends(ownRequests(seen), 7);
}
