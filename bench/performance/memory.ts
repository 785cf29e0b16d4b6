/** Whether a walk takes more memory the longer it is. */
import { type Contender, GENERATED, PLAIN } from "./clients.js";
import { TITLES } from "../languages.js";
import { withClients } from "./rounds.js";
import type { Bench, Plot, Section, Table, Target } from "./section.js";
import { type Slope, isLevel, slope } from "./spread.js";
import type { Memory, Walk } from "./walkers.js";

const PAGES = 10_000;
const QUICK_PAGES = 400;
/** Small, so that what stays for each page shows beside what comes and goes. */
const SIZE = 10;
const SAMPLES = 40;
/** Compiled code and caches still grow in the first part of a walk. */
const COUNTED_FROM = 0.25;
const MIB = 1024 ** 2;
/** In bytes per page: more could hide that a few stay for each. */
const MOST_NOISE = 8;
/** The first sample is after so many pages. */
const FIRST = 10;

const READERS = [
  { name: "fast reader", pauseMs: 0 },
  { name: "slow reader", pauseMs: 1 },
] as const;

interface Found {
  readonly contender: Contender;
  readonly reader: (typeof READERS)[number]["name"];
  readonly memory: readonly Memory[];
}

type Point = readonly [pages: number, bytes: number];

export async function measure(bench: Bench): Promise<Section> {
  const pages = bench.isQuick ? QUICK_PAGES : PAGES;
  return withClients(
    bench,
    ({ name }) => name === PLAIN || name === GENERATED,
    async (field) => {
      const found: Found[] = [];
      for (const { name: reader, pauseMs } of READERS) {
        bench.say(`${reader}, ${pages} pages`);
        const how: Omit<Walk, "base"> = { pauseMs, sampleAt: [FIRST, ...stops(pages)] };
        const walks = await field.together({ pages, size: SIZE }, how);
        found.push(
          ...walks.map(({ contender, walked }) => ({ contender, reader, memory: walked.memory })),
        );
      }
      return {
        title: "Memory",
        text: text(pages),
        tables: [table(found)],
        plots: [plot(found)],
        targets: found
          .filter(({ contender }) => contender.name === GENERATED)
          .map((one) => target(one, found)),
      };
    },
  );
}

/** Evenly, where it samples. */
function stops(pages: number): readonly number[] {
  return Array.from({ length: SAMPLES }, (_, index) => (pages / SAMPLES) * (index + 1));
}

function text(pages: number): string {
  return (
    `A walk through ${count(pages)} pages of ${SIZE} records: with a reader that takes a record as ` +
    "soon as it can, and with one that waits 1 ms for each page. Memory is sampled after a " +
    "collection of garbage: in JavaScript the heap and what it holds outside, in Python the " +
    "resident memory of the process. The growth is that of the line through the samples of the " +
    "last three quarters, with twice its standard error. All clients walk at once.\n\n" +
    "The targets are about the growth beyond the plain loop's in the same samples, since what " +
    "grows there as well, such as compiled code, is the language's. It is none where it is no more " +
    `than its error, and that is at most ${MOST_NOISE} bytes per page; with a larger error it isn't ` +
    "measured. What a generated client does keep are the cursors of a walk, in both languages, to " +
    "notice one that comes again: some 70 to 160 bytes per page with the short cursors of this " +
    "server."
  );
}

function table(found: readonly Found[]): Table {
  const last = found[0]?.memory.at(-1)?.pages ?? PAGES;
  const stops = [FIRST, last / 10, last];
  return {
    head: ["", ...stops.map((pages) => `at ${count(pages)} pages, MiB`), "growth, bytes per page"],
    rows: found.map(({ contender, reader, memory }) => [
      `${TITLES[contender.language]}: ${contender.name}, ${reader}`,
      ...stops.map((stop) => {
        const bytes = bytesOf(memory.find(({ pages }) => pages === stop));
        return bytes === undefined ? "–" : (bytes / MIB).toFixed(2);
      }),
      shownGrowth(growth(counted(memory))),
    ]),
  };
}

function target({ contender, reader, memory }: Found, found: readonly Found[]): Target {
  const plain = found.find(
    (other) =>
      other.contender.name === PLAIN &&
      other.contender.language === contender.language &&
      other.reader === reader,
  );
  const below = new Map(counted(plain?.memory ?? []));
  const more = growth(
    counted(memory).map(([pages, bytes]) => [pages, bytes - (below.get(pages) ?? NaN)]),
  );
  const isMet = more && isLevel(more, MOST_NOISE);
  const suffix = isMet === undefined ? " bytes, too noisy" : " bytes";
  return {
    what: `${TITLES[contender.language]}: growth per page beyond a plain loop's, ${reader}`,
    target: "0 bytes",
    found: shownGrowth(more) + (more ? suffix : ""),
    isMet,
  };
}

/** The samples that the growth is of; none where the system doesn't tell. */
function counted(memory: readonly Memory[]): readonly Point[] {
  const from = (memory.at(-1)?.pages ?? 0) * COUNTED_FROM;
  return memory.flatMap((sample) => {
    const bytes = bytesOf(sample);
    return sample.pages < from || bytes === undefined ? [] : [[sample.pages, bytes] as const];
  });
}

function growth(points: readonly Point[]): Slope | undefined {
  return points.length > 2 ? slope(points) : undefined;
}

function bytesOf(sample: Memory | undefined): number | undefined {
  return sample?.heap ?? sample?.rss ?? undefined;
}

function shownGrowth(found: Slope | undefined): string {
  return found ? `${found.rise.toFixed(0)} ± ${found.noise.toFixed(0)}` : "not told by the system";
}

function count(value: number): string {
  return value.toLocaleString("en");
}

function plot(found: readonly Found[]): Plot {
  const values = found.flatMap(({ contender, reader, memory }) =>
    memory.map((sample) => ({
      language: TITLES[contender.language],
      client: `${contender.name}, ${reader}`,
      pages: sample.pages,
      memory: (bytesOf(sample) ?? NaN) / MIB,
    })),
  );
  return {
    name: "memory",
    alt: "Memory of a generated client and of a plain loop from 10 to 10,000 pages",
    spec: {
      $schema: "https://vega.github.io/schema/vega-lite/v6.json",
      data: { values },
      config: { legend: { labelLimit: 260 } },
      facet: { column: { field: "language", title: null } },
      resolve: { scale: { y: "independent" } },
      spec: {
        width: 260,
        mark: "line",
        encoding: {
          x: { field: "pages", type: "quantitative" },
          y: { field: "memory", type: "quantitative", title: "MiB" },
          color: { field: "client", type: "nominal", sort: null, title: null },
        },
      },
    },
  };
}
