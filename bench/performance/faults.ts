/** What clients do to a server that fails, and how soon they are well again when it is. */
import { faultsSection } from "./faults-report.js";
import { LANGUAGES } from "../languages.js";
import { Api, type Entry } from "./load/api.js";
import { type Kind, findKinds } from "./load/kinds.js";
import { type Operation, type Worked, runTeam } from "./load/workers.js";
import type { Bench, Measure } from "./section.js";

/** How many clients ask, and how often: each client with so many callers. */
export interface Shape {
  readonly name: string;
  readonly clients: number;
  readonly callers: number;
}

/** A kind of client, in a shape, at a share of faults, in one of the draws. */
export interface Rated {
  readonly kind: Kind;
  readonly shape: Shape;
  readonly faultRate: number;
  readonly sentPerSuccess: number;
  /** The share of the operations that failed for good. */
  readonly failed: number;
}

/** A kind of client, in a shape, through an outage; times on the same clock, in ms. */
export interface Survived {
  readonly kind: Kind;
  readonly shape: Shape;
  readonly startAt: number;
  readonly outage: { readonly from: number; readonly until: number };
  readonly endAt: number;
  readonly log: readonly Entry[];
  readonly operations: readonly Operation[];
}

/** How much is done. */
export interface Extent {
  /** Of all clients of a shape, in each draw. */
  readonly operations: number;
  /** How often it is drawn anew which attempts fail. */
  readonly draws: number;
  /** Seconds of an outage. */
  readonly before: number;
  readonly outage: number;
  readonly after: number;
}

export const FAULT_RATES = [0.01, 0.05, 0.2, 0.5];
/** A breaker lets nothing through for 30 s. */
const EXTENT: Extent = { operations: 400, draws: 3, before: 8, outage: 10, after: 36 };
const QUICK: Extent = { operations: 200, draws: 2, before: 3, outage: 3, after: 5 };
const ONE: Shape = { name: "1 client", clients: 1, callers: 20 };
const MANY: Shape = { name: "200 clients", clients: 200, callers: 1 };

/** So that its times can be told as a distribution: each has an outage of its own. */
const LONE: Shape = { name: "1 client", clients: 20, callers: 1 };
const SHARED: Shape = { name: "1 client of 200 callers", clients: 1, callers: 200 };
/** Of a caller, between two operations. */
export const PAUSE_MS = 2000;
/** Of a service with 200 callers: half more than the usual load. */
export const CAPACITY = (1.5 * 200 * 1000) / PAUSE_MS;

export const measure: Measure = async (bench) => {
  const extent = bench.isQuick ? QUICK : EXTENT;
  const found = await findKinds(bench);
  const api = await Api.start(bench);
  try {
    const rated: Rated[] = [];
    const survived: Survived[] = [];
    for (const language of LANGUAGES) {
      const kinds = found.kinds.filter((kind) => kind.language === language);
      for (const faultRate of FAULT_RATES) {
        for (let draw = 1; draw <= extent.draws; draw += 1) {
          bench.say(`${language}, ${100 * faultRate} % of faults, ${draw} of ${extent.draws}`);
          for (const team of language === "python" ? kinds.map((kind) => [kind]) : [kinds]) {
            rated.push(...(await rateAll(bench, api, team, { faultRate, draw, ...extent })));
          }
        }
      }
      for (const kind of kinds) {
        bench.say(`${language}, an outage: ${kind.name}`);
        survived.push(...(await survive(bench, api, kind, extent)));
      }
    }
    return faultsSection(rated, survived, found, extent);
  } finally {
    api.stop();
  }
};

/**
 * All these kinds, in all shapes, at the same time. In Python 200 clients are as many threads, which
 * keep a core busy: several kinds would starve one another, and run into their time limits.
 */
async function rateAll(
  bench: Bench,
  api: Api,
  kinds: readonly Kind[],
  { operations, faultRate, draw }: { operations: number; faultRate: number; draw: number },
): Promise<readonly Rated[]> {
  const shapes = [ONE, MANY];
  const name = (kind: number, part: number) => `rate-${kind}-${part}`;
  const workers = kinds.map(({ file, python }, at) => ({
    file,
    python,
    parts: shapes.map((shape, part) => ({
      ...shape,
      address: api.address(name(at, part)),
      operations: operations / shape.clients,
    })),
  }));
  const services = kinds.flatMap((_, at) =>
    shapes.map((_, part) => ({ name: name(at, part), faultRate, draw })),
  );
  const worked = await runTeam(bench, workers, () => api.open(services));
  const rated: Rated[] = [];
  for (const [at, kind] of kinds.entries()) {
    for (const [part, shape] of shapes.entries()) {
      const sent = (await api.close(name(at, part))).length;
      const done = operationsOf(worked, at, part);
      const succeeded = done.filter(([, , , isOk]) => isOk).length;
      const failed = 1 - succeeded / done.length;
      rated.push({ kind, shape, faultRate, sentPerSuccess: sent / succeeded, failed });
    }
  }
  return rated;
}

/**
 * One kind in all its shapes: several would wait for one another where all callers come back, and
 * recover late for that alone.
 */
async function survive(
  bench: Bench,
  api: Api,
  kind: Kind,
  times: Extent,
): Promise<readonly Survived[]> {
  const shapes = kind.name.endsWith("breaker") ? [LONE, MANY, SHARED] : [LONE, MANY];
  const name = (part: number) => `outage-${part}`;
  const worker = {
    file: kind.file,
    python: kind.python,
    seconds: times.before + times.outage + times.after,
    parts: shapes.map((shape, part) => ({
      ...shape,
      address: api.address(name(part)),
      pauseMs: PAUSE_MS,
    })),
  };
  let from = 0;
  const worked = await runTeam(bench, [worker], (startAt) => {
    from = startAt + 1000 * times.before;
    const outage = { from, until: from + 1000 * times.outage };
    return api.open(
      shapes.map((shape, part) => ({
        name: name(part),
        outage,
        ...(shape === LONE ? {} : { capacity: CAPACITY }),
      })),
    );
  });
  const survived: Survived[] = [];
  for (const [part, shape] of shapes.entries()) {
    survived.push({
      kind,
      shape,
      startAt: from - 1000 * times.before,
      outage: { from, until: from + 1000 * times.outage },
      endAt: from + 1000 * (times.outage + times.after),
      log: await api.close(name(part)),
      operations: operationsOf(worked, 0, part),
    });
  }
  return survived;
}

function operationsOf(worked: readonly Worked[], at: number, part: number): readonly Operation[] {
  return worked[at]?.operations[part] ?? [];
}
