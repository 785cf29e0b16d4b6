/** What was measured of the extension, as a part of the report. */
import type { Plot, Section, Table, Target } from "../section.js";
import { extremes, median, quantile, shown } from "../spread.js";
import type { Activation } from "./activation.js";
import type { HostTimes } from "./measured.js";
import type { Part } from "./packages.js";
import type { RenderTimes } from "./renders.js";
import type { WindowTimes } from "./window.js";

export interface Measured {
  readonly files: readonly Part[];
  readonly code: readonly Part[];
  /** The package as it is downloaded. */
  readonly bytes: number;
  readonly renders: RenderTimes;
  /** Or why there is no editor. */
  readonly editor: InEditor | string;
}

export interface InEditor {
  /** One for each start of the editor's extension host. */
  readonly starts: readonly { readonly extension: Activation; readonly empty: Activation }[];
  readonly host: HostTimes;
  readonly windows: { readonly few: WindowTimes; readonly many: WindowTimes };
}

const MOST_BYTES = 1024 * 1024;
const MOST_MS = 50;
const LARGEST = 6;

const TEXT = `
The package is built and packed as it is published. The editor is code-server, which has the Node
extension host of a desktop's VS Code, with Chromium as its window.

**Start**: every window starts a new extension host, which starts the extension when its view is
opened, and an extension whose \`activate\` does nothing by the same event. The times are the
editor's own ("Developer: Startup Performance"), in whole milliseconds: to load the code, to call
\`activate\`, to await it.

**Renders**: all plain clients in both languages, one after the other, each followed by reading the
same text from a file: what a ready-made snippet would cost. The first client of a process includes
loading the code. Nothing is checked then: the manifests were, when the catalog was built.

**A large catalog**: each block of the catalog so often that there are 10,000, checked by the same
loader, in the extension as it is otherwise. What the extension does for the tree and the search is
measured in the extension host, in turns with the real catalog; what the user waits for, in the
editor's window: from a click or a letter to the painted rows, the next frame included. What a letter
leaves of the rows is found by the editor itself, which goes through all of them and builds its list
anew each time.
`.trim();

export function sectionOf(measured: Measured): Section {
  const { editor } = measured;
  const section = {
    title: "The extension in the editor",
    text: TEXT,
    tables: [filesTable(measured), codeTable(measured), renderTable(measured)],
    targets: targets(measured),
  };
  if (typeof editor === "string") {
    const text = `${TEXT}\n\nWhat needs the editor was not measured: ${editor}`;
    return { ...section, text, plots: [] };
  }
  return {
    ...section,
    tables: [...section.tables, startTable(editor), catalogTable(editor)],
    plots: [lettersPlot(editor)],
  };
}

function targets({ bytes, renders, editor }: Measured): readonly Target[] {
  const quick = (what: string, ms: number | undefined): Target => ({
    what,
    target: `≤ ${MOST_MS} ms`,
    found: ms === undefined ? "no editor" : `${short(ms)} ms`,
    isMet: ms === undefined ? undefined : ms <= MOST_MS,
  });
  const there = typeof editor === "string" ? undefined : editor;
  const more = there?.starts.map(({ extension, empty }) => total(extension) - total(empty));
  const letters = there?.windows.many.letters;
  return [
    {
      what: "Size of the package",
      target: "≤ 1,024 KB",
      found: kilobytes(bytes),
      isMet: bytes <= MOST_BYTES,
    },
    quick("Start of the extension, over an empty one", more && median(more)),
    quick("A letter in a search over 10,000 blocks, 95 of 100", letters && quantile(letters, 0.95)),
    quick("One client, 95 of 100", quantile(renders.render, 0.95)),
  ];
}

function total({ load, call, finish }: Activation): number {
  return load + call + finish;
}

function filesTable({ bytes, files }: Measured): Table {
  const rows = files.slice(0, LARGEST).map(({ name, bytes: unpacked, packed = 0 }) => {
    return [`\`${name}\``, kilobytes(packed), kilobytes(unpacked)];
  });
  const unpacked = files.reduce((sum, file) => sum + file.bytes, 0);
  return {
    caption: "The package and its largest files:",
    head: ["", "packed", "unpacked"],
    rows: [[`all ${files.length} files`, kilobytes(bytes), kilobytes(unpacked)], ...rows],
  };
}

function codeTable({ code }: Measured): Table {
  return {
    caption: "What the code of the extension, `extension.js`, is made of:",
    head: ["", "minified"],
    rows: code.slice(0, LARGEST).map(({ name, bytes }) => [name, kilobytes(bytes)]),
  };
}

function startTable({ starts }: InEditor): Table {
  const row = (what: string, of: (activation: Activation) => number) => [
    what,
    range(starts.map(({ extension }) => of(extension))),
    range(starts.map(({ empty }) => of(empty))),
    range(starts.map(({ extension, empty }) => of(extension) - of(empty))),
  ];
  return {
    caption: `Milliseconds of ${starts.length} starts, median (least–most):`,
    head: ["", "the extension", "an empty one", "difference"],
    rows: [
      row("load the code", ({ load }) => load),
      row("call `activate`", ({ call }) => call),
      row("await it", ({ finish }) => finish),
      row("all", total),
    ],
  };
}

function renderTable({ renders: { first, check, render, read, bytes } }: Measured): Table {
  const sum = (times: readonly number[]) => times.reduce((all, ms) => all + ms, 0);
  const ratio = short(sum(render) / sum(read));
  const count = render.length.toLocaleString("en");
  return {
    caption: "Milliseconds to render; of several, median (least–most):",
    head: ["", "rendered", "read from a file", "ratio"],
    rows: [
      [
        "one client: half are faster",
        short(median(render)),
        short(median(read)),
        short(median(render) / median(read)),
      ],
      [
        "one client: 95 of 100 are",
        short(quantile(render, 0.95)),
        short(quantile(read, 0.95)),
        short(quantile(render, 0.95) / quantile(read, 0.95)),
      ],
      [
        `all ${count} plain clients, ${kilobytes(bytes)}`,
        short(sum(render)),
        short(sum(read)),
        ratio,
      ],
      [`the first of a process, of ${first.length}`, range(first), "", ""],
      ["checking all manifests, by the build", range(check), "", ""],
    ],
  };
}

function catalogTable({ host: { few, many }, windows }: InEditor): Table {
  const row = (what: string, less: readonly number[], more: readonly number[]) => [
    what,
    ...[less, more].flatMap((times) => [short(median(times)), short(quantile(times, 0.95))]),
  ];
  const count = (blocks: number) => blocks.toLocaleString("en");
  return {
    caption: "Milliseconds, of half and of 95 of 100:",
    head: ["", `${count(few.blocks)} blocks`, "95 %", `${count(many.blocks)} blocks`, "95 %"],
    rows: [
      row("host: the topics of the tree", few.topics, many.topics),
      row("host: the blocks of all topics", few.expand, many.expand),
      row(
        `host: all ${count(few.searchRows)} or ${count(many.searchRows)} rows of the search`,
        few.search,
        many.search,
      ),
      row("window: expand a topic", windows.few.expand, windows.many.expand),
      row("window: open the search", windows.few.open, windows.many.open),
      row("window: a letter in the search", windows.few.letters, windows.many.letters),
    ],
  };
}

function lettersPlot({ host, windows }: InEditor): Plot {
  const values = (["few", "many"] as const).flatMap((name) => {
    const blocks = `${host[name].blocks.toLocaleString("en")} blocks`;
    return windows[name].letters.map((ms) => ({ blocks, ms }));
  });
  return {
    name: "search",
    alt: "Milliseconds from each letter in the search to the painted rows, with the real catalog and with 10,000 blocks",
    spec: {
      title: "From a letter in the search to the painted rows",
      width: 500,
      data: { values },
      mark: "tick",
      encoding: {
        x: { field: "ms", type: "quantitative", title: "milliseconds" },
        y: { field: "blocks", type: "nominal", title: null, sort: null },
      },
    },
  };
}

/** `12.3`, or `0.12` where that would be little more than a zero. */
function short(value: number): string {
  return value.toFixed(Math.abs(value) < 1 ? 2 : Math.abs(value) < 100 ? 1 : 0);
}

function range(values: readonly number[]): string {
  return shown(extremes(values), short);
}

function kilobytes(bytes: number): string {
  return `${Math.round(bytes / 1024).toLocaleString("en")} KB`;
}
