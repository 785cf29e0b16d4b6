/** What clients do to a server that fails, and how soon they are well again when it is. */
import { faultsSection } from "./faults-report.js";
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

/** A kind of client, in a shape, at a share of faults. */
export interface Rated {
  readonly kind: Kind;
  readonly shape: Shape;
  readonly faultRate: number;
  readonly sent: number;
  readonly succeeded: number;
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

export const FAULT_RATES = [0.01, 0.05, 0.2, 0.5];
export const OPERATIONS = 400;
const ONE: Shape = { name: "1 client", clients: 1, callers: 20 };
const MANY: Shape = { name: "200 clients", clients: 200, callers: 1 };

/** So that its times can be told as a distribution: each has an outage of its own. */
const LONE: Shape = { name: "1 client", clients: 20, callers: 1 };
const SHARED: Shape = { name: "1 client of 200 callers", clients: 1, callers: 200 };
/** Of a caller, between two operations. */
export const PAUSE_MS = 2000;
/** Of a service with 200 callers: half more than the usual load. */
export const CAPACITY = (1.5 * 200 * 1000) / PAUSE_MS;
/** A breaker lets nothing through for 30 s. */
export const TIMES = { before: 8, outage: 10, after: 36 };

export const measure: Measure = async (bench) => {
  const found = await findKinds(bench);
  const api = await Api.start(bench);
  try {
    const rated: Rated[] = [];
    const survived: Survived[] = [];
    for (const language of ["javascript", "python"] as const) {
      const kinds = found.kinds.filter((kind) => kind.language === language);
      for (const faultRate of FAULT_RATES) {
        bench.say(`${language}, ${100 * faultRate} % of faults`);
        rated.push(...(await rateAll(bench, api, kinds, faultRate)));
      }
      bench.say(`${language}, an outage`);
      survived.push(...(await surviveAll(bench, api, kinds)));
    }
    return faultsSection(rated, survived, found);
  } finally {
    api.stop();
  }
};

/** All kinds, in all shapes, at the same time. */
async function rateAll(
  bench: Bench,
  api: Api,
  kinds: readonly Kind[],
  faultRate: number,
): Promise<readonly Rated[]> {
  const operations = bench.isQuick ? 200 : OPERATIONS;
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
    shapes.map((_, part) => ({ name: name(at, part), faultRate })),
  );
  const worked = await runTeam(bench, workers, () => api.open(services));
  const rated: Rated[] = [];
  for (const [at, kind] of kinds.entries()) {
    for (const [part, shape] of shapes.entries()) {
      const sent = (await api.close(name(at, part))).length;
      const done = operationsOf(worked, at, part);
      const succeeded = done.filter(([, , , isOk]) => isOk).length;
      rated.push({ kind, shape, faultRate, sent, succeeded, failed: done.length - succeeded });
    }
  }
  return rated;
}

/** All kinds, in all shapes, at the same time. */
async function surviveAll(
  bench: Bench,
  api: Api,
  kinds: readonly Kind[],
): Promise<readonly Survived[]> {
  const times = bench.isQuick ? { before: 3, outage: 3, after: 5 } : TIMES;
  const shapes = ({ name }: Kind) =>
    name.endsWith("breaker") ? [LONE, MANY, SHARED] : [LONE, MANY];
  const name = (kind: number, part: number) => `outage-${kind}-${part}`;
  const workers = kinds.map((kind, at) => ({
    file: kind.file,
    python: kind.python,
    seconds: times.before + times.outage + times.after,
    parts: shapes(kind).map((shape, part) => ({
      ...shape,
      address: api.address(name(at, part)),
      pauseMs: PAUSE_MS,
    })),
  }));
  let from = 0;
  const worked = await runTeam(bench, workers, (startAt) => {
    from = startAt + 1000 * times.before;
    const outage = { from, until: from + 1000 * times.outage };
    const services = kinds.flatMap((kind, at) =>
      shapes(kind).map((shape, part) => ({
        name: name(at, part),
        outage,
        ...(shape === LONE ? {} : { capacity: CAPACITY }),
      })),
    );
    return api.open(services);
  });
  const survived: Survived[] = [];
  for (const [at, kind] of kinds.entries()) {
    for (const [part, shape] of shapes(kind).entries()) {
      survived.push({
        kind,
        shape,
        startAt: from - 1000 * times.before,
        outage: { from, until: from + 1000 * times.outage },
        endAt: from + 1000 * (times.outage + times.after),
        log: await api.close(name(at, part)),
        operations: operationsOf(worked, at, part),
      });
    }
  }
  return survived;
}

function operationsOf(worked: readonly Worked[], at: number, part: number): readonly Operation[] {
  return worked[at]?.operations[part] ?? [];
}
