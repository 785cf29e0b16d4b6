/** Clients in turns: in each round each of them walks once. */
import { quoted } from "../markdown.js";
import { type Contender, type Contenders, GENERATED, PLAIN, contenders } from "./clients.js";
import type { Bench } from "./section.js";
import { ratios } from "./spread.js";
import { type Pages, Server, type Walk, type Walked, Walker } from "./walkers.js";

/** The walks of a client, one a round; none where it can't be run. */
export interface Result {
  readonly contender: Contender;
  /** Why there are none; markdown. */
  readonly missing: string | undefined;
  readonly walks: readonly Walked[];
  /** Of the plain loop's pages per second, in each round. */
  readonly shares: readonly number[];
}

/** One walk of a client. */
export interface Alone {
  readonly contender: Contender;
  readonly walked: Walked;
}

export interface Race {
  readonly rounds: number;
  /** Rounds before that don't count. */
  readonly warmUps: number;
  readonly pagesOf: (contender: Contender) => Pages;
}

/** A client that can be run, and what runs it. */
interface Ready {
  readonly contender: Contender;
  readonly walker: Walker;
}

/** Lends clients and their server, and ends their processes. */
export async function withClients<T>(
  bench: Bench,
  isWanted: (contender: Contender) => boolean,
  use: (field: Field) => Promise<T>,
): Promise<T> {
  const known = await contenders(bench);
  const all = known.all.filter(isWanted);
  const server = await Server.start(bench);
  const ready = all
    .filter(({ missing }) => missing === undefined)
    .map((contender) => ({ contender, walker: new Walker(contender, server, bench) }));
  try {
    return await use(new Field({ ...known, all }, ready, bench));
  } finally {
    for (const { walker } of ready) walker.stop();
    server.stop();
  }
}

export class Field {
  /** Why those that failed once are left out since then. */
  readonly #failed = new Map<Contender, string>();

  constructor(
    readonly contenders: Contenders,
    private readonly ready: readonly Ready[],
    private readonly bench: Bench,
  ) {}

  /** One walk of each, all at once: for what doesn't depend on time. */
  together(pages: Pages, how: Omit<Walk, "base">): Promise<readonly Alone[]> {
    return Promise.all(
      this.ready.map(async ({ contender, walker }) => {
        return { contender, walked: await walker.walk(pages, how) };
      }),
    );
  }

  /** Every second round goes the other way round, so that none is always after the same. */
  async race({ rounds, warmUps, pagesOf }: Race): Promise<readonly Result[]> {
    const walks = new Map<Contender, Walked[]>(this.contenders.all.map((one) => [one, []]));
    for (let round = -warmUps; round < rounds; round += 1) {
      const order = round % 2 === 0 ? this.ready : [...this.ready].reverse();
      for (const { contender, walker } of order) {
        const walked = await this.#walk(walker, contender, pagesOf(contender));
        if (walked && round >= 0) walks.get(contender)?.push(walked);
      }
    }
    return this.contenders.all.map((contender) => {
      const missing = contender.missing ?? this.#failed.get(contender);
      const own = walks.get(contender) ?? [];
      if (missing !== undefined) return { contender, missing, walks: [], shares: [] };
      const reference = [...walks.keys()].find(
        ({ name, language }) => name === PLAIN && language === contender.language,
      );
      const msOf = (some: readonly Walked[] = []) => some.map(({ ms }) => ms);
      const plain = msOf(reference && walks.get(reference));
      return { contender, missing, walks: own, shares: ratios(plain, msOf(own)) };
    });
  }

  /** Where others can do without it, a client that fails is told of and left out. */
  async #walk(walker: Walker, contender: Contender, pages: Pages): Promise<Walked | undefined> {
    if (this.#failed.has(contender)) return undefined;
    try {
      return await walker.walk(pages);
    } catch (error) {
      const { name } = contender;
      if (name === PLAIN || name === GENERATED || this.bench.signal.aborted) throw error;
      const { message } = error as Error;
      this.bench.say(`FAILED ${name}: ${message}`);
      this.#failed.set(contender, quoted(message));
      return undefined;
    }
  }
}
