/** Checkpoints that are no use: each is refused with what to do, and nothing is lost or begun anew. */
import assert from "node:assert/strict";
import { copyFile, truncate } from "node:fs/promises";
import { join } from "node:path";
import {
  CHECKPOINT,
  CUT_SHORT,
  OUTPUT,
  cutShort,
  hasAll,
  hasNoMore,
  ownRequests,
  tamper,
} from "../job-files.js";
import { exitsWith, logMentions, logsOnlyJson, sends } from "../judging.js";
import {
  type Scenario,
  type Seen,
  type Workplace,
  paginates,
  usesClientCredentials,
} from "../scenario.js";

/** Says why it doesn't start, and leaves all as it was. */
function refuses(seen: Seen, why: RegExp, requests = 0): void {
  exitsWith(seen, "config", 0);
  logsOnlyJson(seen);
  logMentions(seen, why);
  sends(ownRequests(seen), requests);
  assert.equal(seen.files[OUTPUT]?.text.split("\n").length, 76, "the records are left alone");
}

const refused = (
  title: string,
  why: RegExp,
  change: (place: Workplace) => Promise<void>,
  breaks: Scenario["breaks"],
): Scenario => ({
  ...CUT_SHORT,
  behaviour: 65,
  title: `${title} is refused, and left as it is`,
  earlier: async (place) => {
    await cutShort(place);
    await change(place);
    // What the judge compares with.
    await copyFile(join(place.directory, CHECKPOINT), join(place.directory, "before"));
  },
  judge: (seen) => {
    refuses(seen, why);
    assert.equal(seen.files[CHECKPOINT]?.text, seen.files["before"]?.text);
  },
  breaks,
});

export const REFUSED_CHECKPOINTS: readonly Scenario[] = [
  refused(
    "a checkpoint that is damaged",
    /damaged.*--restart/,
    (place) => tamper(place, (saved) => ({ ...saved, state: { ...saved.state, bytes: 0 } }), false),
    {
      javascript: [["if (sum !== checksum(body))", "if (sum === body)"]],
      python: [["if found.strip() != checksum(body):", "if found.strip() == body:"]],
    },
  ),
  refused(
    "a checkpoint of a newer version",
    /version 2.*--restart/,
    (place) => tamper(place, (saved) => ({ ...saved, version: saved.version + 1 })),
    {
      javascript: [["if (saved.version !== CHECKPOINT_VERSION)", "if (false)"]],
      python: [['if saved["version"] != CHECKPOINT_VERSION:', "if False:"]],
    },
  ),
  refused(
    "a checkpoint of another recipe",
    /of the job ".*another.*--restart/,
    (place) => tamper(place, (saved) => ({ ...saved, job: `another ${saved.job}` })),
    {
      javascript: [["if (saved.job !== job)", "if (false)"]],
      python: [['if saved["job"] != job:', "if False:"]],
    },
  ),
  {
    ...CUT_SHORT,
    behaviour: 65,
    title: "records that are fewer than the checkpoint says are no place to go on from",
    earlier: async (place) => {
      await cutShort(place);
      await truncate(join(place.directory, OUTPUT), 1000);
    },
    judge: (seen) => {
      exitsWith(seen, "config");
      logMentions(seen, /shorter than it was: move/);
      sends(ownRequests(seen), 0);
      assert.equal(Buffer.byteLength(seen.files[OUTPUT]?.text ?? ""), 1000);
    },
    breaks: {
      javascript: [["(await output.stat()).size < progress.bytes", "false"]],
      python: [['os.fstat(output.fileno()).st_size < progress["bytes"]', "False"]],
    },
  },
  {
    ...CUT_SHORT,
    behaviour: 65,
    title: "with --restart a job starts over, whatever the checkpoint is like",
    args: ["--restart"],
    earlier: async (place) => {
      await place.again({
        args: [],
        interference: { signal: { name: "SIGKILL", afterRequests: 4, laterMs: 500 } },
      });
      await tamper(place, (saved) => ({ ...saved, job: "" }), false);
    },
    judge: (seen) => {
      exitsWith(seen, "done");
      hasAll(seen.files[OUTPUT]?.text);
      sends(ownRequests(seen), 10);
    },
    breaks: {
      javascript: [['process.argv.includes("--restart")', "false"]],
      python: [['"--restart" in sys.argv[1:]', "False"]],
    },
  },
  ...[400, 404].map((status): Scenario => ({
    ...CUT_SHORT,
    behaviour: 67,
    title: `a token endpoint that answers ${status} says nothing of the position`,
    axes: ["retry"],
    applies: (choices) => paginates(choices) && usesClientCredentials(choices),
    session: { ...CUT_SHORT.session, token: { steps: ["ok", { status }] } },
    earlier: cutShort,
    judge: (seen) => {
      exitsWith(seen, "denied", 0);
      sends(ownRequests(seen), 0);
      hasNoMore(seen.files);
    },
    breaks: {
      javascript: [
        ["unsent: false, status: undefined", "unsent: false"],
        ['error.kind === "failed"', "false"],
      ],
      python: [
        ['error.details.pop("status", None)', 'error.details.get("status")'],
        ['if status and error.kind == "failed" else', "if False else"],
      ],
    },
  })),
  ...[400, 404, 410, 422].map((status): Scenario => ({
    ...CUT_SHORT,
    behaviour: 67,
    title: `a position that has expired (${status}) is an error that says so, and no new start`,
    axes: ["pagination"],
    session: { steps: [...CUT_SHORT.session.steps, { status }] },
    earlier: cutShort,
    judge: (seen) => {
      refuses(seen, /go on from the checkpoint.*--restart/, 1);
      hasNoMore(seen.files);
    },
    breaks: {
      javascript: [["![400, 404, 410, 422].includes(status ?? 0)", "true"]],
      python: [["not in (400, 404, 410, 422)", "not in ()"]],
    },
  })),
];
