import assert from "node:assert/strict";
import { callsEnd, deliversAll, exitsWith, logMentions, outcomeOf, sends } from "../judging.js";
import { type Choices, paginates, type Scenario } from "../scenario.js";

const styled =
  (...styles: readonly string[]) =>
  ({ pagination }: Choices) =>
    styles.includes(pagination);
const WITH_TOKEN = ["cursor", "page-token", "next-url", "link-header"];
const JS_RECORDS = "const records = field(data, ITEMS_FIELD);";
const PY_RECORDS = "records = field(data, ITEMS_FIELD)";

/** A token as the sandbox gives it out, for the record with this index. */
const tokenAt = (index: number) =>
  encodeURIComponent(Buffer.from(`at ${index}.0`.padEnd(10)).toString("base64"));

/** The ways to write a link to the next page; every other link leads to nowhere. */
const LINKS: readonly ((next: string) => string | readonly string[])[] = [
  (next) => `<${next}>; rel=next`,
  (next) => `<${next}>;rel="next"`,
  (next) => `<${next}>; rel="last next"`,
  (next) => `<${next}>; title="one, <two>"; rel="next"`,
  (next) => `<x>; rel="prev"; title="a=b, <y>; rel=\\"next\\"", <${next}>; rel="next"`,
  (next) => `<${next}>; REL="NEXT"`,
  (next) => `<${next}>; crossorigin; rel="next"`,
  (next) => `<x>; rel="prev"; rel="next", <${next}>; rel="next"; rel="prev"`,
  (next) => `<x>; rel="next"; anchor="#part", <${next}>; rel="next"`,
  (next) => [`<x>; rel="prev"`, `<${next}>; rel="next"`],
  (next) => `<${next}&note=a,b;c>; rel="next"`,
  (next) => `, <x>; rel="nextish", <${next}> ; rel = "next" ; title*=UTF-8''next,`,
];
const LINK_PAGE = 10;

/** One answer instead of a page, and how the client takes it. */
const noRecords = (name: string, step: object): Scenario => ({
  behaviour: 60,
  title: `${name} where the records should be breaks the protocol`,
  axes: name === "nothing" ? ["pagination"] : [],
  session: { steps: [step] },
  judge: (seen) => {
    exitsWith(seen, "protocol", 0);
    sends(seen.requests, 1);
  },
  breaks: {
    javascript: [[JS_RECORDS, "const records = [field(data, ITEMS_FIELD)].flat();"]],
    python: [[PY_RECORDS, "records = [field(data, ITEMS_FIELD)]"]],
  },
});

export const PAGINATION: readonly Scenario[] = [
  {
    behaviour: 53,
    title: "an empty page with a token goes on",
    axes: ["pagination"],
    applies: styled(...WITH_TOKEN),
    session: { steps: ["ok", { emptyPage: true }] },
    judge: (seen) => {
      deliversAll(seen);
      sends(seen.requests, 4);
    },
    breaks: {
      javascript: [
        [
          "for (const record of recordsOf(data))",
          "if (recordsOf(data).length === 0) return;\n    for (const record of recordsOf(data))",
        ],
      ],
      python: [
        ["yield from records", "if not records:\n            return\n        yield from records"],
      ],
    },
  },
  {
    behaviour: 53,
    title: "without a total or a flag the first empty page is the end, and a short page isn't",
    axes: ["pagination"],
    applies: styled("offset", "page"),
    session: { everyPage: { omit: ["total", "has_more"] } },
    judge: (seen) => {
      deliversAll(seen);
      sends(seen.requests, 4);
    },
    breaks: {
      javascript: [["if (!hasMore(data, records, received))", "if (records.length < PAGE_SIZE)"]],
      python: [["if not has_more(data, records, received)", "if len(records) < PAGE_SIZE"]],
    },
  },
  {
    behaviour: 54,
    title: "a walk that leads in a circle breaks the protocol",
    axes: ["pagination"],
    applies: styled(...WITH_TOKEN),
    set: { pageSize: 50, maxPages: 60 },
    session: { cycle: true },
    judge: (seen) => {
      exitsWith(seen, "protocol");
      assert.ok(seen.requests.length <= 5, `${seen.requests.length} requests`);
    },
    breaks: {
      javascript: [
        [/seen\.has\((cursor|token|next\.href)\)/, "false"],
        [/seen\.add\((.*)\)/, "seen.add({})"],
      ],
      python: [[/ in seen\b/, " in ()"]],
    },
  },
  ...(["null", "absent", "empty"] as const).map((end): Scenario => ({
    behaviour: 59,
    title: `a page that says that more follow, with a cursor that is ${end}, is no end`,
    axes: [],
    applies: styled("cursor"),
    session: { end, everyPage: { set: { has_more: true } } },
    judge: (seen) => {
      exitsWith(seen, "protocol", 250);
      sends(seen.requests, 3);
    },
    breaks: {
      javascript: [["&& more !== true", ""]],
      python: [["more is not True and ", ""]],
    },
  })),
  ...(["null", "absent", "empty"] as const).map((end): Scenario => ({
    behaviour: 55,
    title: `the end may be said by a next field that is ${end}`,
    axes: ["pagination"],
    applies: styled("cursor", "page-token", "next-url"),
    session: { end, everyPage: { omit: ["has_more"] } },
    judge: (seen) => {
      deliversAll(seen);
      sends(seen.requests, 3);
    },
    breaks: {
      javascript: [
        [
          /const (cursor|token|link) = (.*) \?\? "";/,
          'const $1 = [field(data, "next_cursor"), field(data, "next_page_token"), field(data, "next")].find(Boolean) ?? "end";',
        ],
      ],
      python: [[/(cursor|token|link) in \(None, ""\)/, "False"]],
    },
  })),
  ...[-1, 0].map((total): Scenario => ({
    behaviour: 58,
    title: `a total of ${total} beside records says nothing of the end`,
    axes: [],
    applies: styled("offset", "page"),
    session: { everyPage: { set: { total }, omit: ["has_more"] } },
    judge: (seen) => {
      deliversAll(seen);
    },
    breaks: {
      javascript: [[" && total >= received", ""]],
      python: [[" and total >= received", ""]],
    },
  })),
  {
    behaviour: 58,
    title: "a flag that tells the end before the total is obeyed, with a warning",
    axes: [],
    applies: styled("offset", "page"),
    session: { steps: [{ set: { has_more: false } }] },
    judge: (seen) => {
      exitsWith(seen, "done", 100);
      logMentions(seen, /the end comes before the total/);
    },
    breaks: {
      javascript: [["if (flag === false && byTotal)", "if (false)"]],
      python: [["if flag is False and by_total:", "if False:"]],
    },
  },
  {
    behaviour: 61,
    title: "records whose ids don't tell them apart are all kept",
    axes: [],
    applies: styled("offset", "page"),
    set: { idField: "id" },
    session: {
      steps: [
        {
          text: '{"items":[{"id":null,"n":1},{"id":null,"n":2},{"n":3},{"n":4},{"id":9007199254740992},{"id":9007199254740993}],"total":6}',
        },
      ],
    },
    judge: (seen) => {
      exitsWith(seen, "done", 6);
    },
    breaks: {
      javascript: [["const isExact =", "const isExact = true ||"]],
      python: [['if key not in ("", "null")', "if key"]],
    },
  },
  {
    behaviour: 59,
    title: "a next URL that is no text is an error, not the end",
    axes: [],
    applies: styled("next-url"),
    session: { steps: [{ set: { next: false } }] },
    judge: (seen) => {
      exitsWith(seen, "protocol", 100);
      sends(seen.requests, 1);
    },
    breaks: {
      javascript: [['typeof link === "string" && ', ""]],
      python: [["if isinstance(link, str):", "if True:"]],
    },
  },
  {
    behaviour: 56,
    title: "more pages than allowed are an error, after what came",
    axes: ["pagination"],
    applies: paginates,
    set: { maxPages: 3, pageSize: 10 },
    session: { endless: true },
    judge: (seen) => {
      exitsWith(seen, "protocol", 30);
      sends(seen.requests, 3);
    },
    breaks: {
      javascript: [
        [
          /throw new ApiError\("protocol", `there are more than/,
          'log("warn", `there are more than',
        ],
        ["pages`);", "pages`, {});"],
      ],
      python: [
        ['raise ApiError("protocol", f"there are more than', 'log("warn", f"there are more than'],
      ],
    },
  },
  {
    behaviour: 57,
    title: "links are read as RFC 8288 writes them",
    axes: [],
    applies: styled("link-header"),
    set: { pageSize: LINK_PAGE },
    session: {
      records: LINK_PAGE * (LINKS.length + 1),
      steps: LINKS.map((write, index) => {
        const next = `items?per_page=${LINK_PAGE}&cursor=${tokenAt((index + 1) * LINK_PAGE)}`;
        return { headers: { Link: write(index % 2 === 0 ? next : `{base}/v1/${next}`) } };
      }) as never[],
    },
    judge: (seen) => {
      deliversAll(seen, LINK_PAGE * (LINKS.length + 1));
      sends(seen.requests, LINKS.length + 1);
    },
    breaks: {
      javascript: [['&& !found.has("anchor")', ""]],
      python: [['and "anchor" not in found', ""]],
    },
  },
  {
    behaviour: 58,
    title: "where the server cuts the page size, the walk goes on by what came",
    axes: ["pagination"],
    applies: paginates,
    session: ({ choices }) => ({
      maxPageSize: 50,
      everyPage: { omit: choices.pagination === "offset" ? ["has_more"] : [] },
    }),
    judge: (seen) => {
      deliversAll(seen);
      sends(seen.requests, 5);
    },
    breaks: {
      javascript: [["if (!hasMore(data, records, received))", "if (records.length < PAGE_SIZE)"]],
      python: [["if not has_more(data, records, received)", "if len(records) < PAGE_SIZE"]],
    },
  },
  {
    behaviour: 59,
    title: "an error on a later page is no end",
    axes: ["pagination"],
    applies: paginates,
    session: { steps: ["ok", { status: 409 }] },
    judge: (seen) => {
      exitsWith(seen, "failed", 100);
      sends(seen.requests, 2);
    },
    breaks: {
      javascript: [
        [
          "const requestId = redact",
          "if (status === 409) return { data: { items: [] }, headers, url };\n  const requestId = redact",
        ],
      ],
      python: [["return EXIT[error.kind]", "return 0"]],
    },
  },
  noRecords("nothing", { json: { error: "none today" } }),
  noRecords("null", { set: { items: null } }),
  noRecords("an object", { set: { items: { a: 1 } } }),
  noRecords("a text", { set: { items: "records" } }),
  {
    behaviour: 62,
    title: "where the consumer stops, requests stop",
    axes: ["pagination"],
    set: { pageSize: 10 },
    calls: [
      { do: "take", count: 1 },
      { do: "wait", ms: 200 },
    ],
    judge: (seen) => {
      callsEnd(seen, "ok");
      assert.equal(outcomeOf(seen).value, 1);
      sends(seen.requests, 1);
    },
    breaks: {
      javascript: [
        [
          "return { request, paginate };",
          "return { request, paginate: (options) => eagerly(paginate(options)) };",
        ],
        [
          "export function createClient",
          "async function eagerly(records) {\n  const all = [];\n  for await (const record of records) all.push(record);\n  return all;\n}\n\nexport function createClient",
        ],
      ],
      python: [
        [
          "def paginate(self, path: str = PATH",
          "def paginate(self, path: str = PATH, **params):\n        return iter(list(self.lazily(path, **params)))\n\n    def lazily(self, path: str = PATH",
        ],
      ],
    },
  },
];
