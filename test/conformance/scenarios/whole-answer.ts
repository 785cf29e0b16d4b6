/** What counts as an answer: all of it, and in JSON. */
import { callsEnd, deliversAll, exitsWith, logsOnlyJson, sends } from "../judging.js";
import { isPython, retries, type Scenario } from "../scenario.js";

export const WHOLE_ANSWERS: readonly Scenario[] = [
  {
    behaviour: 25,
    title: "a failure while the body arrives is a failed attempt",
    axes: ["retry"],
    applies: retries,
    session: {
      steps: [{ delivery: "truncated" }, { delivery: "reset-body" }, { delivery: "cut-chunk" }],
    },
    judge: (seen) => {
      deliversAll(seen);
    },
    breaks: {
      javascript: [[/const TRANSIENT = .*/, "const TRANSIENT = /^$/;"]],
      python: [[/again = bool.*/, "again = False"]],
    },
  },
  {
    behaviour: 26,
    title: "a body that is too short is an error, even where it is whole JSON",
    axes: ["retry"],
    session: {
      steps: [{ text: `{"items":[]}${" ".repeat(88)}`, delivery: "truncated", sentBytes: 12 }],
      after: "last",
    },
    judge: (seen) => {
      exitsWith(seen, "unavailable", 0);
    },
    breaks: {
      javascript: [
        [
          "if (code === undefined) throw error;",
          "if (code === undefined) throw error;\n    const response = new Response();\n    return { response, text: '{\"items\":[]}', latencyMs: 0 };",
        ],
      ],
      python: [
        ["if raw.length_remaining or (", "if ("],
        ["in response.iter_content(16384)", "in lenient(response)"],
        [
          "class ApiClient:",
          "def lenient(response: Any) -> Any:\n    with suppress(OSError):\n        yield from response.iter_content(16384)\n\n\nclass ApiClient:",
        ],
      ],
    },
  },
  {
    behaviour: 26,
    title: "an answer whose head is cut is an error, not an empty success",
    axes: ["retry"],
    set: { baseDelayMs: 10, delayMs: 10 },
    session: { steps: [{ delivery: "cut-head" }], after: "last" },
    calls: [{ do: "request" }],
    judge: (seen) => {
      callsEnd(seen, "unavailable");
    },
    breaks: {
      javascript: [
        [
          "if (code === undefined) throw error;",
          "if (code === undefined) throw error;\n    return { response: new Response(), text: '', latencyMs: 0 };",
        ],
      ],
      python: [["raw.length_remaining is None and not", "raw.length_remaining and not"]],
    },
  },
  {
    behaviour: 26,
    title: "an empty answer to a write may end with the connection",
    axes: ["retry"],
    applies: isPython,
    session: { steps: [{ text: "", delivery: "until-close" }], after: "last" },
    calls: [
      { do: "request", method: "POST", json: {} },
      { do: "request", method: "DELETE" },
    ],
    judge: (seen) => {
      callsEnd(seen, "ok", "ok");
    },
    breaks: { python: [['get = response.request.method == "GET" and', "get ="]] },
  },
  {
    behaviour: 28,
    title: "a success that isn't UTF-8 breaks the protocol, at once",
    axes: ["retry"],
    session: { steps: [{ base64: Buffer.from('{"items":["é"]}', "latin1").toString("base64") }] },
    judge: (seen) => {
      exitsWith(seen, "protocol", 0);
      sends(seen.requests, 1);
    },
    breaks: {
      javascript: [['"utf-8", { fatal: true }', '"utf-8"']],
      python: [["json.loads(body or", 'json.loads(body.decode(errors="replace") or']],
    },
  },
  {
    behaviour: 28,
    title: "a success that isn't JSON breaks the protocol, at once",
    axes: ["retry"],
    session: { steps: [{ html: true }] },
    judge: (seen) => {
      exitsWith(seen, "protocol", 0);
      logsOnlyJson(seen);
      sends(seen.requests, 1);
    },
    breaks: {
      javascript: [['ok ? "protocol" :', 'ok ? "failed" :']],
      python: [['"protocol" if status < 300', '"failed" if status < 300']],
    },
  },
];
