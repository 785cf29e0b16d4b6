/** How fast clients walk through pages, where the server takes its time as servers do. */
import { GENERATED, PLAIN } from "./clients.js";
import { LANGUAGES, type Language, TITLES } from "../languages.js";
import { LEAST_SHARE, sharesOf } from "./pages.js";
import { type Result, withClients } from "./rounds.js";
import type { Bench, Plot, Section, Table, Target } from "./section.js";
import { quartiles, shown } from "./spread.js";

const SIZE = 100;
/** The pages of a walk by the delay in ms: some 300 ms to a second. */
const PAGES = { 5: 50, 20: 20, 100: 10 };
const DELAYS = [5, 20, 100] as const;
const ROUNDS = 12;
const QUICK_ROUNDS = 2;
const WANTED = [
  PLAIN,
  GENERATED,
  "got.paginate",
  "octokit.paginate.iterator",
  "httpx with tenacity",
];

/** What was found at a delay. */
interface Delayed {
  readonly delayMs: (typeof DELAYS)[number];
  readonly results: readonly Result[];
}

export async function measure(bench: Bench): Promise<Section> {
  const rounds = bench.isQuick ? QUICK_ROUNDS : ROUNDS;
  return withClients(
    bench,
    ({ name }) => WANTED.includes(name),
    async (field) => {
      const found: Delayed[] = [];
      for (const delayMs of DELAYS) {
        bench.say(`${delayMs} ms, ${rounds} rounds`);
        const pages = { pages: PAGES[delayMs], size: SIZE, delayMs };
        const results = await field.race({ rounds, warmUps: 2, pagesOf: () => pages });
        found.push({ delayMs, results });
      }
      return {
        title: "Pages per second with a delay",
        text: text(rounds),
        tables: [table(found)],
        plots: [plot(found)],
        targets: LANGUAGES.map((language) => target(language, found)),
        versions: field.contenders.versions,
      };
    },
  );
}

function text(rounds: number): string {
  return (
    `The same with a server that answers each request after ${DELAYS.join(", ")} ms: the share of ` +
    "the pages per second that the delay allows, 1000 ms divided by the delay, for requests one " +
    `after the other; the median of ${rounds} rounds, and the quartiles in brackets. What is ` +
    "missing from 100 % is the time of the client, of the connection, and of the server's timer, " +
    "which is up to 1 ms late."
  );
}

function table(found: readonly Delayed[]): Table {
  const clients = found[0]?.results ?? [];
  return {
    head: ["", ...found.map(({ delayMs }) => `${delayMs} ms`)],
    rows: clients.map(({ contender }) => [
      `${TITLES[contender.language]}: ${contender.name}`,
      ...found.map(({ delayMs, results }) => {
        const own = results.find((result) => result.contender === contender);
        if (own?.missing !== undefined) return `not run: ${own.missing}`;
        return `${shown(quartiles(percent(own, delayMs)), (share) => share.toFixed(1))} %`;
      }),
    ]),
  };
}

/** What each walk reached of what the delay allows. */
function percent(result: Result | undefined, delayMs: number): readonly number[] {
  return (result?.walks ?? []).map(({ pages, ms }) => ((pages * delayMs) / ms) * 100);
}

/** At the delay where it is least. */
function target(language: Language, found: readonly Delayed[]): Target {
  const shares = found.map(({ results }) => quartiles(sharesOf(language, GENERATED, results)));
  const [least] = [...shares].sort((one, two) => one.middle - two.middle);
  return {
    what: `${TITLES[language]}: the same with a delay of ${DELAYS.join(", ")} ms, the least of them`,
    target: `≥ ${LEAST_SHARE}`,
    found: least ? shown(least) : "–",
    isMet: least && least.middle >= LEAST_SHARE,
  };
}

function plot(found: readonly Delayed[]): Plot {
  const values = found.flatMap(({ delayMs, results }) =>
    results
      .filter(({ walks }) => walks.length > 0)
      .map((result) => {
        const { language, name } = result.contender;
        const share = quartiles(percent(result, delayMs));
        return { delay: `${delayMs} ms`, language: TITLES[language], name, ...share };
      }),
  );
  const share = { type: "quantitative", title: "% of what the delay allows" };
  return {
    name: "delays",
    alt: "The share of the pages per second that a delay of 5, 20 and 100 ms allows, by client",
    spec: {
      $schema: "https://vega.github.io/schema/vega-lite/v6.json",
      data: { values },
      config: { legend: { labelLimit: 260 } },
      facet: { column: { field: "language", title: null } },
      spec: {
        width: 240,
        encoding: {
          x: {
            field: "delay",
            type: "ordinal",
            sort: null,
            title: "delay of the server",
            axis: { labelAngle: 0 },
          },
          xOffset: { field: "name", sort: null },
          color: { field: "name", type: "nominal", sort: null, title: null },
        },
        layer: [
          {
            mark: { type: "rule", strokeWidth: 2 },
            encoding: { y: { field: "low", ...share }, y2: { field: "high" } },
          },
          {
            mark: { type: "point", filled: true, size: 50 },
            encoding: { y: { field: "middle", ...share } },
          },
        ],
      },
    },
  };
}
