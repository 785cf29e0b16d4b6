/** What a tool is told to write, or how, and makes no sense: refused before anything is sent. */
import assert from "node:assert/strict";
import { EXIT, exitsWith, logMentions, sends } from "../judging.js";
import type { Scenario } from "../scenario.js";
import { APPLY, TOOL, given } from "../tool-files.js";

export const ADMIN_TOOL_INPUT: readonly Scenario[] = [
  {
    ...TOOL,
    behaviour: 79,
    title: "all lines that ask for no write are told at once, before any is sent",
    args: [...APPLY, "--path", "/v1/items/{id}"],
    earlier: given(
      ['{"id":1}', "secret", "[1]", '{"n":1}', '{"id":".."}', '{"id":""}', '{"id":1e999}', ""].join(
        "\n",
      ),
    ),
    judge: (seen) => {
      exitsWith(seen, "input", 0);
      sends(seen.requests, 0);
      const places = [2, 3, 4, 5, 6, 7].map((line) => `in\\.jsonl:${line}: `);
      logMentions(seen, new RegExp(places.join(".*")));
      assert.doesNotMatch(seen.stderr, /secret/);
      assert.deepEqual(Object.keys(seen.files), ["in.jsonl"]);
    },
    breaks: {
      javascript: [
        [
          'if (problems.length > 0) throw new ApiError("input"',
          'if (false) throw new ApiError("input"',
        ],
      ],
      python: [["    if problems:\n", "    if False:\n"]],
    },
  },
  ...[
    { what: "no input", args: ["--apply"], says: /--input/ },
    { what: "an unknown option", args: [...APPLY, "--aply"], says: /--aply.*usage:/ },
    { what: "an unknown method", args: [...APPLY, "--method", "GET"], says: /--method/ },
    { what: "a path that isn't one", args: [...APPLY, "--path", "items"], says: /--path/ },
    {
      what: "a file that isn't there",
      args: ["--input", "no.jsonl", "--apply"],
      says: /no\.jsonl/,
    },
  ].map(({ what, args, says }): Scenario => ({
    ...TOOL,
    behaviour: 79,
    title: `${what} is refused, with how to use it, before anything is sent`,
    args,
    judge: (seen) => {
      exitsWith(seen, "input", 0);
      sends(seen.requests, 0);
      logMentions(seen, says);
    },
    breaks: {
      javascript: [["input: 64,", "input: 1,"]],
      python: [['"input": 64,', '"input": 1,']],
    },
  })),
  {
    ...TOOL,
    job: { useCase: "admin-tool", extras: ["environments"] },
    behaviour: 79,
    title: "how to use it is told before anything is configured",
    args: ["--help"],
    environment: () => ({ API_ENVIRONMENT: "unknown" }),
    judge: (seen) => {
      assert.equal(seen.exitCode, EXIT.done, "the exit code");
      assert.match(seen.stdout, /--input FILE/);
      assert.equal(seen.stderr, "");
    },
    breaks: {
      javascript: [['includes("--help")', 'includes("--halp")']],
      python: [['{"-h", "--help"}', '{"-h"}']],
    },
  },
];
