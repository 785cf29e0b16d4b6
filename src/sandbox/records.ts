import type { Settings } from "./settings.js";

/** The data set: computed record by record, so that an endless one needs no memory. */
export interface Records {
  readonly count: number;
  at(index: number): unknown;
}

const START = Date.UTC(2024, 0, 1);
const MINUTE = 60_000;
const NON_ASCII = 7;

/** The records of a session after `inserted` new ones have come in at the front. */
export function recordsOf(settings: Settings, inserted: number): Records {
  const { records, endless } = settings;
  const given = Array.isArray(records) ? records : undefined;
  const count = given?.length ?? Number(records);
  return {
    count: endless ? Infinity : count + inserted,
    at: (index) => {
      if (index < inserted) return makeRecord(inserted - index, "new");
      const old = index - inserted;
      return given === undefined ? makeRecord(old + 1, "item") : given[old % given.length];
    },
  };
}

/** `number` counts from 1. */
export function makeRecord(number: number, kind: "item" | "new"): object {
  const id = `${kind}-${String(number).padStart(4, "0")}`;
  return {
    id,
    name: number === NON_ASCII ? "Crème brûlée 東京 🍮" : `Sample ${kind} ${number}`,
    updated_at: new Date(START + number * MINUTE).toISOString(),
  };
}
