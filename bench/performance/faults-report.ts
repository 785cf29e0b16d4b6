import type { Extent, Rated, Survived } from "./faults.js";
import { CAPACITY, FAULT_RATES, PAUSE_MS } from "./faults.js";
import { amplificationPlot, outagePlot } from "./faults-plots.js";
import type { Kind, Kinds } from "./load/kinds.js";
import { recoveryOf } from "./load/recovery.js";
import type { Section, Table } from "./section.js";
import { extremes, quantile, shown } from "./spread.js";

export function faultsSection(
  rated: readonly Rated[],
  survived: readonly Survived[],
  { missing, versions }: Kinds,
  extent: Extent,
): Section {
  const shapes = [...new Set(rated.map(({ shape }) => shape))];
  return {
    title: "Faults and an outage",
    text: text(missing, extent),
    tables: [
      ...shapes.map((shape) =>
        ratesTable(
          shape.name,
          rated.filter((one) => one.shape === shape),
        ),
      ),
      outageTable(survived),
    ],
    plots: [amplificationPlot(rated), outagePlot(survived, extent.outage)],
    targets: [],
    versions,
  };
}

function text(missing: Kinds["missing"], { operations, draws, outage }: Extent): string {
  const paragraphs = [
    "Generated clients as they come, and what people would use instead, set up alike: up to 5 " +
      "attempts, half a second as the base of the waits (got has its own, from a second on). An " +
      "operation is one GET. A fault is a 503 or a reset of the connection, in equal parts; which " +
      "attempt of which operation fails is drawn for all clients alike. What is counted is what " +
      "comes to the server, in a process of its own. Kinds of clients run side by side where that " +
      "is fair: in JavaScript, at random faults; else one after the other.",
    `**Faults at random.** ${operations} operations at each rate: of one client with 20 callers, ` +
      `and of 200 clients in one process; ${draws} times, each with a draw of its own: the median, ` +
      "and the least and the most in brackets. Where all faults are retried, requests per success are " +
      "1 / (1 − rate) for everybody, whose lines are one then; less is not possible. What differs " +
      "is how many operations fail for good. A circuit breaker pays its retries from a budget, which half of all requests " +
      "failing uses up: then operations fail at the first fault.",
    `**An outage of ${outage} s**, in which every request fails. Each caller makes an ` +
      `operation, waits ${PAUSE_MS / 1000} s, and goes on, whether it succeeded or not. For one ` +
      "client, 20 of them each have an outage of their own; 200 clients share a service that " +
      `takes ${CAPACITY} requests per second, half more than usual, and answers 503 to more. ` +
      "Circuit breakers are there once more as they are meant to be used: one client for 200 " +
      "callers. The load is the requests per second in the outage, and the rush those in the " +
      "busiest second of the ten after it, both by those before it. The time to recover is from " +
      "the end of the outage to a caller's first success. A breaker is open for 30 s, so its " +
      "callers come back later, and a server that is down has the least to do.",
  ];
  const absent = Object.entries(missing).map(([name, reason]) => `${name} (${reason})`);
  if (absent.length > 0) paragraphs.push(`Not run: ${absent.join(", ")}.`);
  return paragraphs.join("\n\n");
}

function ratesTable(name: string, rated: readonly Rated[]): Table {
  const kinds = [...new Set(rated.map(({ kind }) => kind))];
  const rates = FAULT_RATES.map((rate) => `${100 * rate} %`);
  return {
    caption: `Faults at random, ${name}: requests per success, and operations that failed for good`,
    head: ["client", ...rates, ...rates.map((rate) => `failed, ${rate}`)],
    rows: kinds.map((kind) => {
      const draws = FAULT_RATES.map((rate) =>
        rated.filter((one) => one.kind === kind && one.faultRate === rate),
      );
      return [
        nameOf(kind),
        ...draws.map((own) => shown(extremes(own.map((one) => one.sentPerSuccess)))),
        ...draws.map((own) => shown(extremes(own.map((one) => one.failed)), percent)),
      ];
    }),
  };
}

function outageTable(survived: readonly Survived[]): Table {
  return {
    caption: "An outage",
    head: [
      "client",
      "",
      "load",
      "rush",
      "sent per success",
      "failed",
      "recovery: median",
      "p95",
      "longest",
    ],
    rows: survived.map((one) => {
      const { during, peak, sentPerSuccess, failed, times } = recoveryOf(one, PAUSE_MS);
      return [
        nameOf(one.kind),
        one.shape.name,
        `× ${during.toFixed(2)}`,
        `× ${peak.toFixed(2)}`,
        sentPerSuccess.toFixed(2),
        percent(failed),
        ...[0.5, 0.95, 1].map((share) => seconds(quantile(times, share), one)),
      ];
    }),
  };
}

function seconds(time: number, { outage, endAt }: Survived): string {
  if (Number.isFinite(time)) return `${time.toFixed(1)} s`;
  return `> ${Math.round((endAt - outage.until) / 1000)} s`;
}

export function nameOf({ name, language, isGenerated }: Kind): string {
  const full = language === "python" && isGenerated ? `${name} (Python)` : name;
  return isGenerated ? `**${full}**` : full;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
