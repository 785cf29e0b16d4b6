/** Whose a checkpoint is: no secret is in it, and one run at a time writes it. */
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { CUT_SHORT, JOBS, OUTPUT, cutShort, goesOn, hasAll, savedIn } from "../job-files.js";
import { EXIT, exitsWith, logMentions, sends } from "../judging.js";
import type { Choices, Scenario } from "../scenario.js";
import { credentials, formsOf, token } from "./logging.js";

const keepsNoSecret = (
  title: string,
  applies: (choices: Choices) => boolean,
  breaks: Scenario["breaks"],
): Scenario => ({
  ...CUT_SHORT,
  behaviour: 66,
  title,
  axes: ["auth", "pagination"],
  applies: (choices) => CUT_SHORT.applies(choices) && applies(choices),
  session: { ...CUT_SHORT.session, credentials, token, keyInNextUrls: true },
  interference: { signal: { name: "SIGKILL", afterRequests: 4, laterMs: 500 } },
  judge: (seen) => {
    assert.equal(seen.exitCode, null, "it came to the fourth page");
    const text = Object.values(seen.files).reduce((so, file) => so + (file?.text ?? ""), "");
    assert.ok(savedIn(seen.files).state.position !== undefined);
    for (const form of formsOf(seen.choices)) assert.ok(!text.includes(form), `${form} is kept`);
  },
  breaks,
});

export const CHECKPOINT_OWNERS: readonly Scenario[] = [
  keepsNoSecret("no secret is in the checkpoint", ({ auth }) => auth !== "none", {
    javascript: [["job, state });", "job, state, config: process.env });"]],
    python: [['"state": state}', '"state": state, "config": dict(os.environ)}']],
  }),
  keepsNoSecret(
    "no key is in the checkpoint that a next URL brought along",
    ({ auth, pagination }) =>
      auth === "api-key-query" && ["link-header", "next-url"].includes(pagination),
    {
      javascript: [
        ["next.searchParams.delete(API_KEY_PARAM);", ""],
        ["=== String(position)) return position;", ") return position;"],
      ],
      python: [
        ['path = with_query(path, {API_KEY_PARAM: ""})', "pass"],
        ["if redact(str(position), self._secrets) != str(position):", "if False:"],
      ],
    },
  ),
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
  ...JOBS.map(({ name, job }): Scenario => ({
    ...CUT_SHORT,
    job,
    behaviour: 68,
    title: `${name} keeps a second run out while it is at work`,
    session: { steps: [{ delayMs: 4000 }] },
    meanwhile: async ({ session, hasEnded, again }) => {
      while (!hasEnded() && !session.requests.some(({ kind }) => kind === "api")) {
        await sleep(20);
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
