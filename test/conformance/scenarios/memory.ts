/** How much memory a client takes, whatever it is sent. */
import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { callsEnd, exitsWith, outcomeOf, sends } from "../judging.js";
import { isPython, paginates, type Scenario } from "../scenario.js";

const MEGABYTE = 1_000_000;
const PACKED_TWICE = gzipSync(gzipSync('{"items":[]}')).toString("base64");

const UNBOUNDED: Scenario["breaks"] = {
  javascript: [["if (size > MAX_BODY_BYTES) throw", "if (size > 1e12) throw"]],
  python: [["if len(body) > MAX_BODY_BYTES:", "if len(body) > 1e12:"]],
};

const isUsed = (outcome: { readonly value?: unknown }) =>
  outcome.value as { readonly used: number; readonly peak: number };

export const MEMORY: readonly Scenario[] = [
  {
    behaviour: 82,
    title: "memory stays flat, however many pages there are",
    axes: ["pagination"],
    applies: paginates,
    set: { pageSize: 10 },
    session: { endless: true, everyPage: { set: { pad: "x".repeat(100_000) } } },
    calls: [
      { do: "memory" },
      { do: "take", count: 300 },
      { do: "memory" },
      { do: "take", count: 3000 },
      { do: "memory" },
    ],
    judge: (seen) => {
      callsEnd(seen, ...Array<string>(5).fill("ok"));
      sends(seen.requests, 330);
      const grown = isUsed(outcomeOf(seen, 4)).used - isUsed(outcomeOf(seen, 2)).used;
      assert.ok(grown < 10 * MEGABYTE, `300 pages more hold ${grown} bytes`);
    },
    breaks: {
      javascript: [
        ["if (ok) return {", "if (ok) return (globalThis.kept ??= []).push({ ...data }), {"],
      ],
      python: [
        [
          "return Answer(data, headers, url)",
          "return globals().setdefault('kept', []).append(data) or Answer(data, headers, url)",
        ],
      ],
    },
  },
  {
    behaviour: 82,
    title: "a body that is too large is refused before its end, once",
    axes: ["retry"],
    set: { maxBodyBytes: 100_000 },
    session: { steps: [{ hugeBytes: 60 * MEGABYTE }] },
    judge: (seen) => {
      exitsWith(seen, "protocol", 0);
      sends(seen.requests, 1);
      assert.ok(seen.requests[0]?.clientClosed, "the client ends the answer");
    },
    breaks: UNBOUNDED,
  },
  {
    behaviour: 82,
    title: "what is packed twice is refused, as it may unpack to any size",
    axes: [],
    applies: isPython,
    session: {
      steps: [{ base64: PACKED_TWICE, headers: { "Content-Encoding": "gzip, gzip" } }],
    },
    judge: (seen) => {
      exitsWith(seen, "protocol", 0);
      sends(seen.requests, 1);
    },
    breaks: { python: [['if re.search("(?i),|br|zstd", ', "if False and bool("]] },
  },
  ...[200, 302, 503].map((status): Scenario => ({
    behaviour: 82,
    title: `what unpacks to a huge body is refused, with little memory (${status})`,
    axes: [],
    set: { maxBodyBytes: MEGABYTE },
    session: {
      steps: [{ status, gzipBytes: 200 * MEGABYTE, headers: { Location: "{url}" } }],
    },
    calls: [{ do: "memory" }, { do: "request" }, { do: "memory" }],
    judge: (seen) => {
      callsEnd(seen, "ok", "protocol", "ok");
      sends(seen.requests, 1);
      const grown = isUsed(outcomeOf(seen, 2)).peak - isUsed(outcomeOf(seen, 0)).peak;
      assert.ok(grown < 80 * MEGABYTE, `it takes ${grown} bytes more`);
    },
    breaks: UNBOUNDED,
  })),
];
