/** Records that come and go while they are being read page by page. */
import assert from "node:assert/strict";
import { exitsWith, sends } from "../judging.js";
import type { Scenario } from "../scenario.js";

export const DRIFT: readonly Scenario[] = [
  ...(["offset", "page"] as const).flatMap((pagination): Scenario[] => [
    {
      behaviour: 61,
      title: `with the name of the id no record comes twice (${pagination})`,
      axes: [],
      applies: (choices) => choices.pagination === pagination,
      set: { idField: "id" },
      session: { insert: { before: 2 } },
      judge: (seen) => {
        exitsWith(seen, "done", 250);
        const ids = seen.lines.map((line) => (line as { id: string }).id);
        assert.equal(new Set(ids).size, 250);
        assert.ok(ids.includes("item-0001") && ids.includes("item-0250"));
      },
      breaks: {
        javascript: [["return !isExact ||", "return true ||"]],
        python: [["if key not in self._ids:", "if True:"]],
      },
    },
    {
      behaviour: 61,
      title: `a total that changes is warned about (${pagination})`,
      axes: [],
      applies: (choices) => choices.pagination === pagination,
      session: { insert: { before: 2 } },
      judge: (seen) => {
        exitsWith(seen, "done", 251);
        const warnings = seen.logs.filter(({ message }) => /total changed/.test(String(message)));
        assert.deepEqual(
          warnings.map(({ level }) => level),
          ["warn"],
        );
      },
      breaks: {
        javascript: [["if (total !== (this.#total ?? total)) log(", "if (false) log("]],
        python: [["if self._total not in (None, total):", "if False:"]],
      },
    },
    {
      behaviour: 61,
      title: `an empty page before the total is warned about (${pagination})`,
      axes: [],
      applies: (choices) => choices.pagination === pagination,
      session: { steps: ["ok", { emptyPage: true }], everyPage: { omit: ["has_more"] } },
      judge: (seen) => {
        exitsWith(seen, "done", 100);
        assert.deepEqual(
          seen.logs.map(({ level, message }) => `${String(level)}: ${String(message)}`),
          ["warn: an empty page came before the end"],
        );
      },
      breaks: {
        javascript: [["if (more) log(", "if (false) log("]],
        python: [["if more:", "if False:"]],
      },
    },
    {
      behaviour: 59,
      title: `an empty page that says that more follow is no end (${pagination})`,
      axes: [],
      applies: (choices) => choices.pagination === pagination,
      session: { steps: ["ok", { emptyPage: true }] },
      judge: (seen) => {
        exitsWith(seen, "protocol", 100);
        sends(seen.requests, 2);
      },
      breaks: {
        javascript: [["if (flag === true) throw", "if (false) throw"]],
        python: [["if flag is True:", "if False:"]],
      },
    },
  ]),
];
