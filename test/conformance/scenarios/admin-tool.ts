/** A tool that writes what the lines of a file say, and its report. */
import assert from "node:assert/strict";
import { stat, truncate } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { exitsWith, keysOf, logMentions, logsOnlyJson, sends } from "../judging.js";
import {
  type Choices,
  type Meanwhile,
  retries,
  type Scenario,
  type Seen,
  usesOAuth,
} from "../scenario.js";
import { APPLY, LINES, TOOL, given } from "../tool-files.js";

const REPORT = "in.report.jsonl";

/** What asks for no token, so that requests are easily counted. */
const isPlain = (choices: Choices) => !usesOAuth(choices);

/** The summary on stdout. */
function counts(seen: Seen, done: number, skipped: number, failed: number, left: number): void {
  assert.deepEqual(seen.lines, [{ done, skipped, failed, left }]);
  logsOnlyJson(seen);
}

function outcomes({ files }: Seen): readonly string[] {
  const [, ...entries] = (files[REPORT]?.text ?? "").trimEnd().split("\n");
  return entries.map((entry) => {
    const { line, outcome } = JSON.parse(entry) as { line: number; outcome: string };
    return `${line} ${outcome}`;
  });
}

async function secondWhileBusy({ session, hasEnded, again }: Meanwhile): Promise<void> {
  while (!hasEnded() && session.requests.length < 2) await sleep(10);
  await again();
}

const interrupted = (name: NodeJS.Signals, exitCode: number | null): Scenario => ({
  ...TOOL,
  behaviour: 69,
  title: `a line that ${name} interrupts keeps its key in the next run, and what is done is skipped`,
  applies: isPlain,
  session: { steps: ["ok", { commit: true, delayMs: 3000 }] },
  earlier: async (place) => {
    await given(LINES)(place);
    await place.again({ args: APPLY, interference: { signal: { name, afterRequests: 2 } } });
  },
  judge: (seen) => {
    assert.equal(seen.others[0]?.exitCode, exitCode);
    exitsWith(seen, "done");
    counts(seen, 2, 1, 0, 0);
    const [, second, third] = keysOf(seen.requests);
    sends(seen.requests, 4);
    assert.equal(third, second);
    assert.equal(seen.session.commits.length, 3);
    assert.equal(seen.files[REPORT]?.mode, 0o600);
  },
  breaks: {
    javascript: [[/(const key = ).*;/, "$1randomUUID();"]],
    python: [["is_new = before", "is_new = True or before"]],
  },
});

/** It ends the run, but the next run sends the others first. */
const blocking = (status: number, outcome: string, exit: "denied" | "unavailable"): Scenario => ({
  ...TOOL,
  behaviour: 71,
  title: `a line that is always answered ${status} doesn't keep later runs from the others`,
  applies: (choices) => isPlain(choices) && !retries(choices),
  session: { steps: [{ status }, "ok", "ok", { status }] },
  earlier: async (place) => {
    await given(LINES)(place);
    await place.again({ args: APPLY });
  },
  judge: (seen) => {
    exitsWith(seen, exit);
    counts(seen, 2, 0, 0, 1);
    const lines = ["1 sent", `1 ${outcome}`];
    assert.deepEqual(outcomes(seen), [...lines, "2 sent", "2 done", "3 sent", "3 done", ...lines]);
    const [first, , , last] = keysOf(seen.requests);
    assert.equal(first === last, outcome === "unclear");
  },
  breaks: {
    javascript: [["[403, 500].includes(details.status ?? 0)", "false"]],
    python: [['or error.details.get("status") in (403, 500)', ""]],
  },
});

export const ADMIN_TOOL: readonly Scenario[] = [
  blocking(403, "refused", "denied"),
  blocking(500, "unclear", "unavailable"),
  interrupted("SIGKILL", null),
  interrupted("SIGTERM", 143),
  {
    ...TOOL,
    behaviour: 69,
    title: "nothing is sent without --apply, then each line once, however often it is run",
    axes: ["auth", "retry", "rate-limit", "pagination"],
    earlier: async (place) => {
      await given(`\uFEFF${LINES.replaceAll("\n", "\r\n")}\r\n`)(place);
      const dry = await place.again({ args: ["--input", "in.jsonl"] });
      const planned = dry.stdout.split("\n").filter((line) => line.includes("/v1/items"));
      assert.deepEqual([dry.exitCode, planned.length, place.session.commits.length], [0, 3, 0]);
      await place.again({ args: APPLY });
    },
    judge: (seen) => {
      exitsWith(seen, "done");
      counts(seen, 0, 3, 0, 0);
      assert.equal(seen.session.commits.length, 3);
      assert.equal(new Set(keysOf(seen.requests)).size, 3);
      const expected = [1, 2, 3].flatMap((line) => [`${line} sent`, `${line} done`]);
      assert.deepEqual(outcomes(seen), expected);
    },
    breaks: {
      javascript: [["if (!apply) {", "if (false) {"]],
      python: [["if arguments.apply:", "if True:"]],
    },
  },
  {
    ...TOOL,
    behaviour: 69,
    title: "a second run beside it is kept out, so that no line has two keys",
    applies: isPlain,
    session: { steps: ["ok", { delayMs: 2000 }] },
    meanwhile: secondWhileBusy,
    judge: (seen) => {
      exitsWith(seen, "done");
      assert.equal(seen.others[0]?.exitCode, 75);
      sends(seen.requests, 3);
    },
    breaks: {
      javascript: [["await lock.take();", ""]],
      python: [['lock_out(f"{path}.lock")', "pass"]],
    },
  },
  {
    ...TOOL,
    behaviour: 69,
    title: "a report of another input is refused and left as it is",
    earlier: async (place) => {
      await given(LINES)(place);
      await place.again({ args: APPLY });
      await given(LINES.replace("a", "z"))(place);
    },
    judge: (seen) => {
      exitsWith(seen, "config", 0);
      logMentions(seen, /in\.report\.jsonl: of another input/);
      assert.equal(seen.session.commits.length, 3);
      assert.equal(outcomes(seen).length, 6);
    },
    breaks: {
      javascript: [[".update(target).update(bytes)", ".update(target)"]],
      python: [["target.encode() + data", "target.encode()"]],
    },
  },
  {
    ...TOOL,
    behaviour: 69,
    title: "half an entry at a report's end is cut off, and its line keeps its key",
    earlier: async (place) => {
      await given(LINES)(place);
      const { directory, again } = place;
      await again({ args: APPLY });
      const file = join(directory, REPORT);
      await truncate(file, (await stat(file)).size - 9);
    },
    judge: (seen) => {
      exitsWith(seen, "done");
      counts(seen, 1, 2, 0, 0);
      sends(seen.requests, 4);
      const keys = keysOf(seen.requests);
      assert.equal(keys[3], keys[2]);
      assert.deepEqual(outcomes(seen).slice(-3), ["3 sent", "3 sent", "3 done"]);
    },
    breaks: {
      javascript: [["truncateSync(this.#file, this.#size)", "this.#size"]],
      python: [["os.truncate(self._path, self._size)", "pass"]],
    },
  },
  {
    ...TOOL,
    behaviour: 71,
    title: "a refused line is reported, the others are written; run again, it has a new key",
    applies: isPlain,
    session: { steps: ["ok", { status: 422 }] },
    earlier: async (place) => {
      await given(LINES)(place);
      await place.again({ args: APPLY });
    },
    judge: (seen) => {
      const [first] = seen.others;
      assert.equal(first?.exitCode, 1);
      assert.match(first.stdout, /"failed": ?1/);
      exitsWith(seen, "done");
      counts(seen, 1, 2, 0, 0);
      sends(seen.requests, 4);
      assert.equal(new Set(keysOf(seen.requests)).size, 4);
      assert.deepEqual(outcomes(seen).slice(2, 4), ["2 sent", "2 refused"]);
    },
    breaks: {
      javascript: [['before.outcome !== "refused"', "true"]],
      python: [['in (None, "refused")', "in (None,)"]],
    },
  },
  {
    ...TOOL,
    behaviour: 71,
    title: "a line that is still in progress after all attempts keeps its key in the next run",
    axes: ["retry"],
    applies: (choices) => isPlain(choices) && retries(choices),
    set: { maxAttempts: 2 },
    session: { steps: [{ status: 409 }, { status: 409 }] },
    earlier: async (place) => {
      await given(LINES)(place);
      await place.again({ args: APPLY });
    },
    judge: (seen) => {
      assert.equal(seen.others[0]?.exitCode, 1);
      exitsWith(seen, "done");
      counts(seen, 1, 2, 0, 0);
      const keys = keysOf(seen.requests);
      assert.equal(keys[4], keys[0]);
    },
    breaks: {
      javascript: [['details.transient ? "unclear" : "refused"', '"refused"']],
      python: [[/outcome = "unclear" if .*/, 'outcome = "refused"']],
    },
  },
  {
    ...TOOL,
    behaviour: 80,
    title: "a tool that is denied stops there, with its code",
    applies: isPlain,
    session: { steps: ["ok", { status: 403 }] },
    judge: (seen) => {
      exitsWith(seen, "denied");
      counts(seen, 1, 0, 0, 2);
      sends(seen.requests, 2);
    },
    breaks: {
      javascript: [['if (kind !== "failed") throw', 'if (kind === "config") throw']],
      python: [['if error.kind != "failed":', "if False:"]],
    },
  },
];
