/** Jobs that are cut short, and what the next run makes of the checkpoint that they left. */
import assert from "node:assert/strict";
import { appendFile, mkdir, readFile, truncate } from "node:fs/promises";
import { join } from "node:path";
import {
  CHECKPOINT,
  CUT_SHORT,
  OUTPUT,
  cutShort,
  hasAll,
  hasNoMore,
  ownRequests,
  savedIn,
  tamper,
} from "../job-files.js";
import { EXIT, exitsWith, logMentions, logsOnlyJson, sends } from "../judging.js";
import type { Scenario, Seen, Workplace } from "../scenario.js";
import { credentials, formsOf, token } from "./logging.js";

/** The checkpoint says that a page is there before it is. */
export const SAVES_FIRST: Scenario["breaks"] = {
  javascript: [
    [
      /await flush\(\);\n\s*(progress\.position = position;\n\s*await save\(\);)/,
      "$1\nawait flush();",
    ],
  ],
  python: [[/flush\(\)\n( *)(progress\["position"\] = position\n *save\(\))/, "$2\n$1flush()"]],
};

/** Both of the jobs that keep a checkpoint, and the file that they append to. */
const JOBS = [
  { name: "a sync job", job: { useCase: "sync-job" }, output: OUTPUT },
  { name: "an export", job: { extras: ["checkpoint"] }, output: `${OUTPUT}.part` },
];

/** The run before had come to the fourth page when it was killed, which is where this one goes on. */
function goesOn(seen: Seen): void {
  exitsWith(seen, "done");
  assert.equal(seen.others[0]?.exitCode, null, "the run before was killed");
  hasAll(seen.files[OUTPUT]?.text);
  sends(ownRequests(seen), 7);
}

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
    const text = await readFile(join(place.directory, CHECKPOINT));
    await appendFile(join(place.directory, "before"), text);
  },
  judge: (seen) => {
    refuses(seen, why);
    assert.equal(seen.files[CHECKPOINT]?.text, seen.files["before"]?.text);
  },
  breaks,
});

const TRACED: Scenario["edits"] & object = ({ choices }) =>
  choices.language === "javascript"
    ? [
        [
          /^import /m,
          `import fsp from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
const { open: realOpen, rename: realRename } = fsp;
const tell = (what) => process.stdout.write(JSON.stringify(what) + "\\n");
fsp.open = async (...args) => {
  const handle = await realOpen(...args);
  const sync = handle.sync.bind(handle);
  handle.sync = async () => {
    tell((await handle.stat()).isDirectory() ? "directory" : "file");
    await sync();
  };
  return handle;
};
fsp.rename = (...args) => (tell("rename"), realRename(...args));
syncBuiltinESMExports();
import `,
        ],
      ]
    : [
        [
          /^def main\(\)/m,
          `def trace() -> None:
    import stat
    sync, replace = os.fsync, os.replace
    def traced(fd):
        print(json.dumps("directory" if stat.S_ISDIR(os.fstat(fd).st_mode) else "file"))
        sync(fd)
    def renamed(*names):
        print(json.dumps("rename"))
        replace(*names)
    os.fsync, os.replace = traced, renamed
trace()
def main()`,
        ],
      ];

export const CHECKPOINTS: readonly Scenario[] = [
  ...JOBS.map(({ name, job }): Scenario => ({
    ...CUT_SHORT,
    job,
    behaviour: 63,
    title: `${name} that was killed is gone on with, and no record is missing or twice`,
    axes: ["pagination"],
    earlier: cutShort,
    judge: goesOn,
    breaks: SAVES_FIRST,
  })),
  ...JOBS.map(({ name, job, output }): Scenario => ({
    ...CUT_SHORT,
    job,
    behaviour: 63,
    title: `half a line that ${name} left when it was killed is gone`,
    earlier: async (place) => {
      await cutShort(place);
      await appendFile(join(place.directory, output), '{"id":"item-0076","na');
    },
    judge: goesOn,
    breaks: {
      javascript: [["await truncate(file, progress.bytes);", ""]],
      python: [['output.truncate(progress["bytes"])', "pass"]],
    },
  })),
  {
    ...CUT_SHORT,
    behaviour: 64,
    title: "the records are on the disk before the checkpoint is, and that before its name",
    session: {},
    edits: TRACED,
    judge: (seen) => {
      exitsWith(seen, "done");
      assert.match(
        seen.lines.join(" "),
        /^file rename directory( file file rename directory){10}$/,
        "what was synced, when",
      );
    },
    breaks: {
      javascript: [["await handle.writeFile(text);\n    await handle.sync();", ""]],
      python: [["os.fsync(stream.fileno())", "pass"]],
    },
  },
  {
    ...CUT_SHORT,
    behaviour: 64,
    title: "the new name of the checkpoint is on the disk too",
    session: {},
    edits: TRACED,
    judge: (seen) => {
      exitsWith(seen, "done");
      const count = (what: string) => seen.lines.filter((line) => line === what).length;
      assert.equal(count("rename"), 11);
      assert.equal(count("directory"), 11);
    },
    breaks: {
      javascript: [["await syncDirectory(dirname(file));", ""]],
      python: [["    sync_directory(os.path.dirname(path))", "    pass"]],
    },
  },
  {
    ...CUT_SHORT,
    behaviour: 64,
    title: "the checkpoint is for its owner only, and nothing half written is beside it",
    interference: { signal: { name: "SIGKILL", afterRequests: 4, laterMs: 500 } },
    judge: (seen) => {
      assert.equal(seen.exitCode, null);
      assert.equal(seen.files[CHECKPOINT]?.mode, 0o600);
      const names = [OUTPUT, CHECKPOINT, `${OUTPUT}.lock`];
      assert.deepEqual(Object.keys(seen.files).sort(), names.sort());
    },
    breaks: {
      javascript: [['"wx", 0o600', '"wx", 0o644']],
      python: [[/0o600\)(?=\) as stream)/, "0o644)"]],
    },
  },
  {
    ...CUT_SHORT,
    behaviour: 64,
    title: "where the checkpoint can't be written, the one before stays",
    earlier: async (place) => {
      await cutShort(place);
      await mkdir(join(place.directory, `${CHECKPOINT}.tmp`));
    },
    judge: (seen) => {
      exitsWith(seen, "io");
      logsOnlyJson(seen);
      hasAll(seen.files[OUTPUT]?.text, 75);
      hasNoMore(seen.files);
    },
    breaks: {
      javascript: [["const temporary = `${file}.tmp`;", "const temporary = file;"]],
      python: [['temporary = f"{path}.tmp"', "temporary = path"]],
    },
  },
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
      javascript: [["saved.version === CHECKPOINT_VERSION && ", ""]],
      python: [
        ['(saved["version"], saved["job"]) != (CHECKPOINT_VERSION, job)', 'saved["job"] != job'],
      ],
    },
  ),
  refused(
    "a checkpoint of another recipe",
    /of the job ".*another.*--restart/,
    (place) => tamper(place, (saved) => ({ ...saved, job: `another ${saved.job}` })),
    {
      javascript: [[" && saved.job === job", ""]],
      python: [
        [
          '(saved["version"], saved["job"]) != (CHECKPOINT_VERSION, job)',
          'saved["version"] != CHECKPOINT_VERSION',
        ],
      ],
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
      logMentions(seen, /shorter than it was.*--restart/);
      sends(ownRequests(seen), 0);
      assert.equal(seen.files[OUTPUT]?.text.length, 1000);
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
  {
    ...CUT_SHORT,
    behaviour: 66,
    title: "no secret is in the checkpoint, nor in what a next URL brings along",
    axes: ["auth", "pagination"],
    applies: (choices) => CUT_SHORT.applies(choices) && choices.auth !== "none",
    session: { ...CUT_SHORT.session, credentials, token, keyInNextUrls: true },
    interference: { signal: { name: "SIGKILL", afterRequests: 4, laterMs: 500 } },
    judge: (seen) => {
      assert.equal(seen.exitCode, null, "it came to the fourth page");
      const text = Object.values(seen.files).reduce((so, file) => so + (file?.text ?? ""), "");
      assert.ok(savedIn(seen.files).state.position !== undefined);
      for (const form of formsOf(seen.choices)) assert.ok(!text.includes(form), `${form} is kept`);
    },
    breaks: {
      javascript: [
        ["next.searchParams.delete(API_KEY_PARAM);", ""],
        ["=== String(position)) return position;", ") return position;"],
      ],
      python: [
        ['path = with_query(path, {API_KEY_PARAM: ""})', "pass"],
        ["if redact(str(position), self._secrets) != str(position):", "if False:"],
      ],
    },
  },
  {
    ...CUT_SHORT,
    behaviour: 66,
    title: "a cursor that holds a credential isn't saved: it is an error",
    applies: ({ auth, pagination }) => auth === "bearer" && pagination === "cursor",
    session: { steps: ["ok", { set: { next_cursor: "at sandbox-token" } }] },
    judge: (seen) => {
      exitsWith(seen, "protocol");
      logMentions(seen, /credential/);
      for (const file of Object.values(seen.files)) {
        assert.ok(!file?.text.includes("sandbox-token"), "it is kept");
      }
    },
    breaks: {
      javascript: [["=== String(position)) return position;", ") return position;"]],
      python: [["if redact(str(position), self._secrets) != str(position):", "if False:"]],
    },
  },
  ...[400, 410].map((status): Scenario => ({
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
  ...JOBS.map(({ name, job }): Scenario => ({
    ...CUT_SHORT,
    job,
    behaviour: 68,
    title: `${name} keeps a second run out while it is at work`,
    session: { steps: [{ delayMs: 4000 }] },
    meanwhile: async ({ session, hasEnded, again }) => {
      while (!hasEnded() && !session.requests.some(({ kind }) => kind === "api")) {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      await again();
    },
    judge: (seen) => {
      exitsWith(seen, "done");
      hasAll(seen.files[OUTPUT]?.text);
      const [second] = seen.others;
      assert.equal(second?.exitCode, EXIT.later, "the exit code of the second run");
      assert.match(second.stderr, /another run is at work/);
      sends(seen.requests, 10);
    },
    breaks: {
      javascript: [["if (!(await this.#isLeft())) {", "if (false) {"]],
      python: [["fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)", "pass"]],
    },
  })),
  {
    ...CUT_SHORT,
    behaviour: 68,
    title: "the lock of a run that was killed keeps nobody out",
    earlier: cutShort,
    judge: goesOn,
    breaks: {
      javascript: [["!isAlive(Number(pid))", "false"]],
      python: [["os.O_WRONLY | os.O_CREAT, 0o600", "os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600"]],
    },
  },
];
