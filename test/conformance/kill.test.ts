/** A sync job that is killed at 50 points, in each language: whatever they are, nothing is lost. */
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { readFiles } from "./files.js";
import { Harness } from "./harness.js";
import { CHECKPOINT, CUT_SHORT, OUTPUT, hasAll, idsIn, savedIn } from "./job-files.js";
import { exitsWith } from "./judging.js";
import type { Choices, Files, Scenario } from "./scenario.js";
import { SAVES_FIRST } from "./scenarios/checkpoint.js";

const harness = await Harness.start(fileURLToPath(new URL("drivers", import.meta.url)));
afterAll(() => harness.stop());

const RECORDS = 500;
const CHAINS = 10;
/** Each of a chain goes on from what the one before left. */
const KILLS = 5;

const choicesOf = (language: Choices["language"], pagination: string): Choices => ({
  language,
  auth: "bearer",
  pagination,
  retry: "exponential",
  "rate-limit": "none",
  "use-case": "sync-job",
  extra: [],
});

/** Numbers from 0 to 1, the same for each seed (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** What a checkpoint says is there is there: so many records, and no more than that. */
function isBehind(files: Files): void {
  if (files[CHECKPOINT] === undefined) return;
  const { bytes, position = 0 } = savedIn(files).state;
  const text = Buffer.from(files[OUTPUT]?.text ?? "");
  assert.ok(bytes <= text.length, "the checkpoint is ahead of the file");
  const ids = idsIn(text.subarray(0, bytes).toString());
  assert.equal(placeOf(position), ids.length, "the position is where the records end");
}

/** Where a page begins: an offset, or a cursor of the sandbox. */
function placeOf(position: string | number): number {
  if (typeof position === "number") return position;
  return Number(/^at (\d+)/.exec(Buffer.from(position, "base64").toString())?.[1]);
}

function chain(seed: number): Scenario {
  const next = random(seed);
  return {
    ...CUT_SHORT,
    behaviour: 63,
    title: `killed ${KILLS} times`,
    set: { pageSize: 10 },
    session: { records: RECORDS, steps: [{ delayMs: 15 }], after: "last" },
    earlier: async ({ directory, again }) => {
      for (let kill = 0; kill < KILLS; kill += 1) {
        // While it starts, or after some pages: never so many that it gets to the end.
        const afterRequests = Math.floor(next() * 8);
        const laterMs = next() * (afterRequests === 0 ? 200 : 30);
        const signal = { name: "SIGKILL", afterRequests, laterMs } as const;
        const { exitCode, stderr } = await again({ interference: { signal } });
        assert.equal(exitCode, null, `it was killed: ${stderr}`);
        isBehind(await readFiles(directory));
      }
    },
    judge: (seen) => {
      exitsWith(seen, "done");
      hasAll(seen.files[OUTPUT]?.text, RECORDS);
    },
    breaks: SAVES_FIRST,
  };
}

const CASES = Array.from({ length: CHAINS }, (_, index) => ({
  seed: index + 1,
  pagination: index % 2 === 0 ? "offset" : "cursor",
}));

describe.each(["javascript", "python"] as const)("in %s", (language) => {
  test.concurrent.each(CASES)("seed $seed, by $pagination", async ({ seed, pagination }) => {
    await harness.try(chain(seed), choicesOf(language, pagination));
  });

  test("a job whose checkpoint runs ahead of its records is found out", async () => {
    const choices = choicesOf(language, "cursor");
    await expect(harness.try(chain(1), choices, SAVES_FIRST[language])).rejects.toThrow();
  });
});
