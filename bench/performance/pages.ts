/** How fast clients walk through pages, where the server takes no time. */
import { type Contender, GENERATED } from "./clients.js";
import { LANGUAGES, type Language, TITLES } from "../languages.js";
import { type Result, withClients } from "./rounds.js";
import type { Bench, Plot, Section, Table, Target } from "./section.js";
import { median, quartiles, shown } from "./spread.js";

export const LEAST_SHARE = 0.95;
const SIZE = 100;
/** Some 200 ms each: long beside what disturbs it, short beside how the machine's speed drifts. */
const PAGES = { javascript: 200, python: 80 };
const ROUNDS = 60;
const QUICK_ROUNDS = 3;
const WARM_UPS = 3;

export async function measure(bench: Bench): Promise<Section> {
  const rounds = bench.isQuick ? QUICK_ROUNDS : ROUNDS;
  return withClients(
    bench,
    () => true,
    async (field) => {
      const { all, versions } = field.contenders;
      bench.say(`${all.length} clients, ${rounds} rounds`);
      const pagesOf = ({ language }: Contender) => ({ pages: PAGES[language], size: SIZE });
      const results = await field.race({ rounds, warmUps: bench.isQuick ? 1 : WARM_UPS, pagesOf });
      return {
        title: "Pages per second",
        text: text(rounds),
        tables: LANGUAGES.map((language) => table(language, results)),
        plots: [plot(results)],
        targets: LANGUAGES.map((language) => target(language, results)),
        versions,
      };
    },
  );
}

function text(rounds: number): string {
  return (
    `Each client walks through pages of ${SIZE} records over one connection that is kept, from a ` +
    `server in a process of its own that has every page ready. In each of ${rounds} rounds all of ` +
    `a language walk once, ${PAGES.javascript} pages in JavaScript and ${PAGES.python} in Python; ` +
    "the share is of the plain loop's pages per second in the same round: the median, and the " +
    "quartiles in brackets. The plain loop sends the same requests, parses the same JSON and hands " +
    "over the same records, and has no time limit, no retries and no checks. “In place” uses the " +
    "records inside the loop instead of handing them over; with a “time limit” the plain loop gives " +
    "fetch an AbortSignal.timeout, and pays what that costs in Node.js. The time limit of requests " +
    "costs nothing and holds for single reads only, so a generated client asks " +
    "in a thread. No proxy is named in the environment."
  );
}

function table(language: Language, results: readonly Result[]): Table {
  const own = results.filter(({ contender }) => contender.language === language);
  return {
    head: [TITLES[language], "pages per second", "share of the plain loop", "CPU per page, ms"],
    rows: own.map(({ contender: { name }, missing, walks, shares }) => {
      if (missing !== undefined) return [name, `not run: ${missing}`, "–", "–"];
      const perSecond = median(walks.map(({ pages, ms }) => (pages / ms) * 1000));
      const cpu = median(walks.map(({ pages, cpuMs }) => cpuMs / pages));
      return [name, perSecond.toFixed(0), shown(quartiles(shares)), cpu.toFixed(2)];
    }),
  };
}

function target(language: Language, results: readonly Result[]): Target {
  const found = quartiles(sharesOf(language, GENERATED, results));
  return {
    what: `${TITLES[language]}: pages per second of a generated client, of a plain loop's; median and quartiles`,
    target: `≥ ${LEAST_SHARE}`,
    found: shown(found),
    isMet: found.middle >= LEAST_SHARE,
  };
}

export function sharesOf(
  language: Language,
  name: string,
  results: readonly Result[],
): readonly number[] {
  const own = results.find(
    ({ contender }) => contender.language === language && contender.name === name,
  );
  return own?.shares ?? [];
}

function plot(results: readonly Result[]): Plot {
  const values = results
    .filter(({ shares }) => shares.length > 0)
    .map(({ contender: { language, name }, shares }) => ({ language, name, ...quartiles(shares) }));
  const names = { field: "name", type: "nominal", sort: null, title: null };
  const share = { type: "quantitative", title: "share of the plain loop's pages per second" };
  return {
    name: "pages",
    alt: "The share of a plain loop's pages per second that each client reaches, with quartiles",
    spec: {
      $schema: "https://vega.github.io/schema/vega-lite/v6.json",
      data: { values },
      config: { axis: { labelLimit: 260 } },
      resolve: { scale: { x: "shared" } },
      vconcat: LANGUAGES.map((language) => ({
        title: TITLES[language],
        transform: [{ filter: { field: "language", equal: language } }],
        width: 480,
        encoding: {
          y: names,
          color: {
            condition: { test: `indexof(datum.name, '${GENERATED}') === 0`, value: "#0b6fc2" },
            value: "#777",
          },
        },
        layer: [
          {
            mark: { type: "rule", strokeDash: [4, 4] },
            encoding: { x: { datum: LEAST_SHARE }, y: null },
          },
          {
            mark: { type: "rule", strokeWidth: 3 },
            encoding: {
              x: { field: "low", ...share, scale: { zero: true } },
              x2: { field: "high" },
            },
          },
          {
            mark: { type: "point", filled: true, size: 70 },
            encoding: { x: { field: "middle", ...share } },
          },
        ],
      })),
    },
  };
}
