import { TITLES } from "../languages.js";
import { refused, usedShare, worstExcess } from "./load/excess.js";
import type { Case, Found, NotRun } from "./limiter.js";
import type { Section, Table, Target } from "./section.js";

const LIMITERS = { "token-bucket": "token bucket", adaptive: "adaptive", redis: "Redis" } as const;
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
    tables: [limits(found, missing), equality(found)],
    plots: [],
    targets: targets(found, missing),
  };
}

function text(seconds: number): string {
  return [
    `Generated clients with ${seconds} seconds of calls, 64 at any time in all, against a server ` +
      "in a process of its own; each client has made a call before, so that its code is loaded and " +
      "it is connected with the server and with Redis. The excess is by how many requests the " +
      "fullest of all windows has more than burst + rate · its length, over all pairs of requests; " +
      "below 0 no window was full. It is computed twice: of the moments at which the limiter let " +
      "calls go, noted in the client's process, and of those at which they came to the server.",
    "The targets are about the former: between the two lie connections and the machine, and a " +
      "request that is held up on its way comes closer to those behind it, which no limiter can " +
      "see. That is what a rate of 90 % of the API's is for, as the setting advises.",
    "Late is by how much the latest of many waits of 10 ms in the same processes ended too late. " +
      "Limiters that look at the clock when a call goes keep to the limit however late it goes. " +
      "Redis gives turns ahead, so a worker that wakes late comes closer to the next one, which " +
      "isn't: the excess can be up to rate · late. Used is what went through, as a share of what " +
      "the limit allows from the first request to the last one. Refused is how many of the " +
      "requests a server with the same token bucket would have answered with 429.",
  ].join("\n\n");
}

function limits(found: readonly Found[], missing: readonly NotRun[]): Table {
  const head = [
    "client",
    "its limit",
    "API's limit",
    "excess when let go",
    "at the server",
    "late",
    "used",
    "refused",
  ];
  const rows = found.map((one) => [
    nameOf(one),
    limitOf(one.limit),
    limitOf(one.documented),
    excess(admittedOf(one), one),
    excess(one.arrived, one),
    `${one.lateMs.toFixed(1)} ms`,
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
    "",
  ]);
  return { head, rows: [...rows, ...none] };
}

function equality(found: readonly Found[]): Table {
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

/** Of each limiter in a language: the worst that was found in any of its cases. */
function targets(found: readonly Found[], missing: readonly NotRun[]): readonly Target[] {
  const names = new Set([...found, ...missing].map(limiterOf));
  return [...names].flatMap((name) => {
    const own = found.filter((one) => limiterOf(one) === name);
    const worst = Math.max(...own.map((one) => worstExcess(admittedOf(one), one.documented)));
    const used = Math.min(...own.map((one) => usedShare(admittedOf(one), one.limit)));
    const reason = missing.find((one) => limiterOf(one) === name)?.reason;
    return [
      {
        what: `${name}: worst excess when let go`,
        target: "none",
        found: reason ?? (worst < NOTHING ? "none" : worst.toFixed(1)),
        isMet: reason === undefined ? worst < NOTHING : undefined,
      },
      {
        what: `${name}: use of the permitted rate`,
        target: `≥ ${percent(LEAST_USE)}`,
        found: reason ?? percent(used),
        isMet: reason === undefined ? used >= LEAST_USE : undefined,
      },
    ];
  });
}

function admittedOf({ admitted }: Found): readonly number[] {
  return admitted.flat();
}

function limiterOf({ language, limiter }: Case): string {
  return `${TITLES[language]}, ${LIMITERS[limiter]}`;
}

function nameOf(one: Case): string {
  const workers = `${one.processes} ${one.processes === 1 ? "process" : "processes"}`;
  return limiterOf(one) + (one.limiter === "redis" ? `, ${workers}` : "");
}

function limitOf({ burst, rate }: Case["limit"]): string {
  return `${burst} + ${rate}/s`;
}

function excess(times: readonly number[], { documented }: Found): string {
  return worstExcess(times, documented).toFixed(2);
}

function percent(share: number): string {
  return `${Number((100 * share).toFixed(1))} %`;
}
