/** A small catalog in memory: two languages, a question with two options, a topic without one. */
import type { TemplateFiles } from "../../../src/catalog/load.js";

const question = (standard: string) => ({
  prompt: "Which?",
  placeholder: "Choose",
  default: standard,
  step: "own",
});

const option = (order: number, more: object = {}) => ({
  title: `Option ${order}`,
  summary: "summary",
  order,
  ...more,
});

const language = (syntax: "javascript" | "python", order: number) => ({
  title: syntax === "python" ? "Python" : "JavaScript",
  summary: "summary",
  order,
  needs: "nothing",
  fileName: syntax === "python" ? "client.py" : "client.mjs",
  editorId: syntax,
  snippetIds: [syntax],
  syntax,
  indent: syntax === "python" ? 4 : 2,
  imports: [{ name: "sleep", from: syntax === "python" ? "time" : "node:timers/promises" }],
});

const size = {
  type: "number",
  name: "pageSize",
  default: 10,
  min: 1,
  max: 100,
  description: "records per page",
};
const path = { type: "text", name: "path", default: "/v1", description: "where" };
const mode = {
  type: "choice",
  name: "mode",
  default: "fast_lane",
  choices: ["fast_lane", "slow"],
  description: "how",
};

export const manifests: Readonly<Record<string, object>> = {
  "language/group.json": {
    title: "Language",
    icon: "code",
    order: 1,
    description: "d",
    question: question("javascript"),
  },
  "language/javascript/language.json": language("javascript", 1),
  "language/python/language.json": language("python", 2),
  "paging/group.json": {
    title: "Paging",
    icon: "list",
    order: 3,
    description: "d",
    question: question("pages"),
    fields: [size],
  },
  "paging/pages/option.json": option(2, {
    phrase: "pages",
    fields: ["pageSize", path, mode],
    needs: ["nap"],
    assumptions: ["Pages count from 1."],
    snippet: { prefix: "api-pages", description: "Pages" },
  }),
  "paging/none/option.json": option(1, { phrase: "no paging" }),
  "logging/group.json": { title: "Logging", icon: "output", order: 2, description: "d" },
  "logging/lines/option.json": option(1),
};

const fileTemplate = (comment: string) =>
  [
    `${comment} {{title}} {{recipe}}`,
    "{{imports}}",
    "{{#each settings}}",
    "{{constant field value description}}",
    "{{/each}}",
    "{{body}}",
  ].join("\n");

export const templates: TemplateFiles = {
  "language/javascript/file.hbs": fileTemplate("//"),
  "language/javascript/client.hbs":
    "{{#if with.nap}}\nawait sleep(1);\n{{/if}}\n{{> paging/code}}\nmain();\n",
  "language/javascript/snippet.hbs":
    "{{#each settings}}\n{{constant field value description}}\n{{/each}}\n{{body}}",
  "language/python/file.hbs": fileTemplate("#"),
  "language/python/client.hbs": "{{> paging/code}}\nmain()\n",
  "language/python/snippet.hbs": "{{body}}",
  "paging/javascript.hbs": '{{#*inline "snippet"}}\n{{> paging/code}}\n{{/inline}}\n',
  "paging/pages/javascript.hbs":
    '{{#*inline "code"}}\n  get(PATH, PAGE_SIZE, `${"$}"}`);\n{{#if is.fastLane}}\n  fast();\n{{/if}}\n{{/inline}}\n',
  "paging/none/javascript.hbs": '{{#*inline "code"}}\nget();\n{{/inline}}\n',
  "paging/none/python.hbs": '{{#*inline "code"}}\nget()\n{{/inline}}\n',
  "logging/javascript.hbs": '{{#*inline "snippet"}}\nlog();\n{{/inline}}\n',
};

/** What the fixture needs for extras, and for a question that goes without saying. */
export const extras: Readonly<Record<string, object>> = {
  "purpose/group.json": {
    title: "Purpose",
    icon: "rocket",
    order: 4,
    description: "d",
    question: { ...question("look"), step: "last", implied: true },
  },
  "purpose/look/option.json": option(1),
  "purpose/job/option.json": option(2, { extras: ["trace", "notes"] }),
  "extra/group.json": {
    title: "Extras",
    icon: "extensions",
    order: 5,
    description: "d",
    tickList: { prompt: "What else?", placeholder: "Tick" },
  },
  "extra/trace/option.json": option(1, {
    phrase: "traces",
    fields: [{ type: "text", name: "traceFile", default: "t", description: "where traces go" }],
  }),
  "extra/notes/option.json": option(2, {
    unless: [{ group: "paging", option: "none", reason: "there is nothing to note" }],
    files: { javascript: "CLIENT.notes.txt" },
  }),
};

const bothLanguages = (path: string, text: string): TemplateFiles => ({
  [`${path}/javascript.hbs`]: text,
  [`${path}/python.hbs`]: text,
});

export const extraTemplates: TemplateFiles = {
  ...bothLanguages("purpose/look", ""),
  ...bothLanguages("purpose/job", ""),
  ...bothLanguages("extra/trace", '{{#*inline "more"}}\ntrace(TRACE_FILE);\n{{/inline}}\n'),
  ...bothLanguages(
    "extra/notes",
    '{{#*inline "more"}}\nnote();\n{{/inline}}\n{{#*inline "file"}}\nAbout {{client}}: {{title}}\n{{/inline}}\n',
  ),
  "language/javascript/client.hbs": `${templates["language/javascript/client.hbs"] ?? ""}{{> extra/more}}\n`,
};

/** The fixture's files with some manifests changed, or left out where undefined. */
export function fixtureFiles(
  changed: Readonly<Record<string, object | undefined>> = {},
): TemplateFiles {
  const texts = Object.entries({ ...manifests, ...changed }).flatMap(([path, manifest]) =>
    manifest ? [[path, JSON.stringify(manifest)] as const] : [],
  );
  return { ...templates, ...Object.fromEntries(texts) };
}
