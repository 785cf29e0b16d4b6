/** Jobs on a schedule: what the next run asks for, and what ends one. */
import assert from "node:assert/strict";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  CHECKPOINT,
  CUT_SHORT,
  OUTPUT,
  cutShort,
  hasAll,
  idsIn,
  ownRequests,
  savedIn,
  tamper,
} from "../job-files.js";
import { EXIT, exitsWith, logMentions, logsOnlyJson, sends } from "../judging.js";
import { type Scenario, isPython } from "../scenario.js";

/** When the last of the sandbox's records changed. */
const NEWEST = "2024-01-01T04:10:00.000Z";
const COMPLETE = {
  ...CUT_SHORT,
  behaviour: 63,
  applies: ({ auth }) => !auth.startsWith("oauth2-"),
  session: {},
} satisfies Partial<Scenario>;

export const SYNC_JOBS: readonly Scenario[] = [
  {
    ...COMPLETE,
    title: "the next run asks for what changed since, and a while before",
    axes: ["pagination"],
    earlier: ({ again }) => again(),
    judge: (seen) => {
      exitsWith(seen, "done");
      for (const { query, at } of seen.requests) {
        const wanted = at < seen.startedAt ? undefined : "2024-01-01T04:09:00Z";
        assert.equal(query["updated_since"]?.[0], wanted);
      }
      assert.equal(savedIn(seen.files).state.since, NEWEST);
    },
    breaks: {
      javascript: [["? { [UPDATED_SINCE_PARAM]: `${from}Z` } : {}", "? {} : {}"]],
      python: [['{UPDATED_SINCE_PARAM: f"{start}Z"} if start', "{} if start"]],
    },
  },
  {
    ...COMPLETE,
    title: "where the API can't be asked for changes, the job picks them out",
    set: { pageSize: 25, updatedSinceParam: "" },
    earlier: ({ again }) => again(),
    judge: (seen) => {
      exitsWith(seen, "done");
      const added = idsIn(seen.files[OUTPUT]?.text).slice(250);
      assert.deepEqual(added, ["item-0249", "item-0250"]);
    },
    breaks: {
      javascript: [["if (UPDATED_SINCE_PARAM || at >= since) yield record;", "yield record;"]],
      python: [["if UPDATED_SINCE_PARAM or changed >= start:", "if True:"]],
    },
  },
  {
    ...COMPLETE,
    title: "after a run where no record had ever changed, all are read: there is no time before",
    applies: (choices) => COMPLETE.applies(choices) && isPython(choices),
    earlier: async (place) => {
      await place.again();
      await tamper(place, (saved) => ({
        ...saved,
        state: { ...saved.state, since: "0001-01-01T00:00:00.000Z" },
      }));
    },
    judge: (seen) => {
      exitsWith(seen, "done");
      assert.equal(idsIn(seen.files[OUTPUT]?.text).length, 500);
      assert.equal(savedIn(seen.files).state.since, NEWEST);
    },
    breaks: { python: [['if since > "0002" else', "if since else"]] },
  },
  {
    ...CUT_SHORT,
    behaviour: 63,
    title: "a walk that is cut short leaves the time since when changes are known",
    interference: { signal: { name: "SIGTERM", afterRequests: 4, laterMs: 500 } },
    judge: (seen) => {
      assert.equal(seen.exitCode, 143);
      const { since, position } = savedIn(seen.files).state;
      assert.ok(position !== undefined, "it came to a page");
      assert.equal(since, "");
    },
    breaks: {
      javascript: [["watermark.newest = at;", "watermark.newest = watermark.since = at;"]],
      python: [['progress["newest"] = max(', 'progress["since"] = progress["newest"] = max(']],
    },
  },
  {
    ...CUT_SHORT,
    behaviour: 85,
    title: "SIGTERM ends a job with 143, and the next run goes on",
    axes: ["pagination"],
    earlier: (place) => cutShort(place, "SIGTERM"),
    judge: (seen) => {
      exitsWith(seen, "done");
      assert.equal(seen.others[0]?.exitCode, 143);
      hasAll(seen.files[OUTPUT]?.text);
      sends(ownRequests(seen), 7);
    },
    breaks: {
      javascript: [["(process.exitCode = signal.reason)", "(process.exitCode = 1)"]],
      python: [["sys.exit(128 + number)", "sys.exit(1)"]],
    },
  },
  {
    ...COMPLETE,
    behaviour: 65,
    title: "a time of the last change that is in the future is refused",
    earlier: async (place) => {
      await place.again();
      await tamper(place, (saved) => ({
        ...saved,
        state: { ...saved.state, since: "2999-01-01T00:00:00.000Z" },
      }));
    },
    judge: (seen) => {
      exitsWith(seen, "config");
      logMentions(seen, /2999-01-01.* in the future/);
      sends(ownRequests(seen), 0);
      hasAll(seen.files[OUTPUT]?.text);
    },
    breaks: {
      javascript: [["if (isAhead && !isRestart)", "if (false)"]],
      python: [[/if progress\["since"\] > utc\(.*\):/, "if False:"]],
    },
  },
  {
    ...COMPLETE,
    behaviour: 80,
    applies: (choices) => CUT_SHORT.applies(choices) && COMPLETE.applies(choices),
    title: "a full disk ends a job with 74; with room again the next run goes on",
    // Only after the first pages, and only where the file `full` is.
    edits: ({ choices }) =>
      choices.language === "javascript"
        ? [
            [
              "await output.appendFile(lines);",
              `const isFull = progress.bytes > 5000 && existsSync("full");
    await (isFull ? await open("/dev/full", "a") : output).appendFile(lines);`,
            ],
          ]
        : [
            [
              "output.write(lines)",
              `is_full = progress["bytes"] > 5000 and os.path.exists("full")
            (open("/dev/full", "wb", buffering=0) if is_full else output).write(lines)`,
            ],
          ],
    earlier: async ({ directory, again }) => {
      await writeFile(join(directory, "full"), "");
      await again();
      await rm(join(directory, "full"));
    },
    judge: (seen) => {
      const [first] = seen.others;
      assert.equal(first?.exitCode, EXIT.io);
      assert.match(first.stderr, /no space left/i);
      logsOnlyJson(seen);
      exitsWith(seen, "done");
      hasAll(seen.files[OUTPUT]?.text);
      assert.ok(ownRequests(seen).length < 10, "it goes on");
      assert.ok(seen.files[CHECKPOINT]);
    },
    breaks: {
      javascript: [["process.exitCode = 74;", "process.exitCode = 1;"]],
      python: [["return 74", "return 1"]],
    },
  },
];
