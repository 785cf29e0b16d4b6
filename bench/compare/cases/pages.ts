/** Reading one page after the other. */
import assert from "node:assert/strict";
import { PAGINATION } from "../../../test/conformance/scenarios/pagination.js";
import { MEMORY } from "../../../test/conformance/scenarios/memory.js";
import { type Case, caseOf, endsWithError, printsAll } from "../case.js";

const everything: Case["judge"] = (seen) => {
  printsAll(seen);
};
const nothing: Case["judge"] = (seen) => {
  endsWithError(seen, 0);
};

/** Of a loop over pages. */
const LOOP: readonly Case[] = [
  caseOf(PAGINATION, /^an empty page with a token/, { judge: everything }),
  caseOf(PAGINATION, /^a walk that leads in a circle/, {
    title: "a walk that leads in a circle ends with an error",
    judge: (seen) => {
      assert.notEqual(seen.exitCode, 0, `${seen.lines.length} records of 250, and no error`);
    },
    limitMs: 9000,
  }),
  ...["null", "absent", "empty"].map((end) =>
    caseOf(PAGINATION, new RegExp(`next field that is ${end}`), {
      pagination: "cursor",
      judge: everything,
    }),
  ),
  caseOf(PAGINATION, /^more pages than allowed/, {
    judge: (seen) => {
      assert.notEqual(seen.exitCode, 0, `${seen.lines.length} records, and no error`);
    },
    pagination: "link-header",
  }),
  caseOf(PAGINATION, /^links are read as/, { pagination: "link-header", judge: links }),
  caseOf(PAGINATION, /^where the server cuts the page size/, { judge: everything }),
  caseOf(PAGINATION, /^nothing where the records/, {
    title: "no records where they should be is an error",
    judge: nothing,
  }),
  caseOf(PAGINATION, /^an object where the records/, {
    title: "an object where the records should be is an error",
    judge: nothing,
  }),
  caseOf(PAGINATION, /^a text where the records/, {
    title: "a text where the records should be is an error",
    judge: nothing,
  }),
  caseOf(PAGINATION, /^where the consumer stops/),
];

export const PAGES: readonly Case[] = [
  ...LOOP.map((one) => ({ ...one, isOfPages: true })),
  // For ever: 409 is a reason to try again for some.
  caseOf(PAGINATION, /^an error on a later page/, {
    session: { steps: ["ok", { status: 409 }], after: "last" },
    judge: (seen) => {
      endsWithError(seen, 100);
    },
  }),
  caseOf(PAGINATION, /^an error on a later page/, {
    title: "an error on a later page is no end, where a page is an array",
    set: { itemsField: "" },
    session: { steps: ["ok", { status: 409 }], after: "last", names: { items: "" } },
    pagination: "link-header",
    judge: (seen) => {
      endsWithError(seen, 100);
    },
  }),
  caseOf(MEMORY, /^memory stays flat/),
];

/** Ten records a page, and another form of the header on each. */
function links(seen: Parameters<Case["judge"]>[0]): void {
  const { records } = seen.session.settings;
  const forms = Number(records) / 10 - 1;
  const read = seen.requests.filter(({ status }) => status === 200).length - 1;
  assert.equal(read, forms, `the form after ${read} of ${forms} isn't read`);
  printsAll(seen, Number(records));
}
