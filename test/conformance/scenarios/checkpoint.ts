/** Jobs that are cut short, and what the next run makes of the checkpoint that they left. */
import assert from "node:assert/strict";
import { appendFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import {
  CHECKPOINT,
  CUT_SHORT,
  JOBS,
  OUTPUT,
  cutShort,
  goesOn,
  hasAll,
  hasNoMore,
} from "../job-files.js";
import { exitsWith, logsOnlyJson } from "../judging.js";
import type { Scenario } from "../scenario.js";

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

/** Tells on stdout, where a job has nothing to say, what is synced and renamed. */
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
];
