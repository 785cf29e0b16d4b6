import { refused, usedShare, worstExcess } from "./load/excess.js";
import type { Case, Found, NotRun } from "./limiter.js";
import type { Section, Table, Target } from "./section.js";

const NAMES: Readonly<Record<string, string>> = {
  javascript: "JavaScript",
  python: "Python",
  "token-bucket": "token bucket",
  adaptive: "adaptive",
  redis: "Redis",
};
/** Of a request: the limiter's own look at the clock lies so little before the one noted. */
const NOTHING = 0.1;
const LEAST_USE = 0.98;

export function limiterSection(
  found: readonly Found[],
  missing: readonly NotRun[],
  seconds: number,
): Section {
  return {
    title: "Limiters",
    text: text(seconds),
    tables: [limits(found, missing), spread(found)],
    plots: [],
    targets: [...excessTargets(found), ...useTargets(found), ...notMeasured(missing)],
  };
}

function text(seconds: number): string {
  return [
    `Generated clients with ${seconds} seconds of calls, 64 at any time in all, against a server ` +
      "in a process of its own. The excess is by how many requests the fullest of all windows has " +
      "more than burst + rate · its length, over all pairs of requests; below 0 no window was " +
      "full. It is computed twice: of the moments at which the limiter let calls go, and of those " +
      "at which they came to the server. Between the two lie connections and the machine: a " +
      "request that is held up on its way comes closer to those behind it, which no limiter can " +
      "see. That is what a rate of 90 % of the API's is for, as the setting advises.",
    "Used is what went through, as a share of what the limit allows from the first request to the " +
      "last one. Refused is how many of the requests a server with the same token bucket would " +
      "have answered with 429.",
  ].join("\n\n");
}

function limits(found: readonly Found[], missing: readonly NotRun[]): Table {
  const head = [
    "client",
    "its limit",
    "API's limit",
    "excess when let go",
    "at the server",
    "used",
    "refused",
  ];
  const rows = found.map((one) => [
    nameOf(one),
    limitOf(one.limit),
    limitOf(one.documented),
    excess(admittedOf(one), one),
    excess(one.arrived, one),
    percent(usedShare(admittedOf(one), one.limit)),
    `${refused(one.arrived, one.documented)} of ${one.arrived.length}`,
  ]);
  const none = missing.map((one) => [
    nameOf(one),
    limitOf(one.limit),
    limitOf(one.documented),
    `not run: ${one.reason}`,
    "",
    "",
    "",
  ]);
  return { head, rows: [...rows, ...none] };
}

function spread(found: readonly Found[]): Table {
  const teams = found.filter(({ processes }) => processes > 1);
  return {
    caption:
      "What each of the processes that share a bucket in Redis got, as a share of an equal part:",
    head: ["client", "least", "most", "coefficient of variation"],
    rows: teams.map((one) => {
      const counts = one.admitted.map(({ length }) => length);
      const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
      const squares = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0);
      return [
        nameOf(one),
        percent(Math.min(...counts) / mean),
        percent(Math.max(...counts) / mean),
        percent(Math.sqrt(squares / counts.length) / mean),
      ];
    }),
  };
}

function excessTargets(found: readonly Found[]): readonly Target[] {
  return found.map((one) => {
    const worst = worstExcess(admittedOf(one), one.documented);
    return {
      what: `${nameOf(one)} at ${one.limit.rate}/s: excess when let go`,
      target: "none",
      found: worst < NOTHING ? "none" : worst.toFixed(1),
      isMet: worst < NOTHING,
    };
  });
}

function useTargets(found: readonly Found[]): readonly Target[] {
  return found.map((one) => {
    const used = usedShare(admittedOf(one), one.limit);
    return {
      what: `${nameOf(one)} at ${one.limit.rate}/s: use of its limit`,
      target: "≥ 98 %",
      found: percent(used),
      isMet: used >= LEAST_USE,
    };
  });
}

function notMeasured(missing: readonly NotRun[]): readonly Target[] {
  return missing.map((one) => ({
    what: nameOf(one),
    target: "no excess, use ≥ 98 %",
    found: one.reason,
    isMet: undefined,
  }));
}

function admittedOf({ admitted }: Found): readonly number[] {
  return admitted.flat();
}

function nameOf({ language, limiter, processes }: Case): string {
  const workers = `${processes} ${processes === 1 ? "process" : "processes"}`;
  const where = limiter === "redis" ? `, ${workers}` : "";
  return `${NAMES[language] ?? language}, ${NAMES[limiter] ?? limiter}${where}`;
}

function limitOf({ burst, rate }: Case["limit"]): string {
  return `${burst} + ${rate}/s`;
}

function excess(times: readonly number[], { documented }: Found): string {
  return worstExcess(times, documented).toFixed(2);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
