import assert from "node:assert/strict";

/** How much later than it was let go a request may arrive on a busy machine. */
const TRANSPORT_MS = 1000;

export interface Limit {
  readonly rate: number;
  readonly burst: number;
}

/** In any window no more requests arrive than the burst and the rate allow; times in ms. */
export function keepsWithin(arrivals: readonly number[], { rate, burst }: Limit): void {
  const times = [...arrivals].sort((a, b) => a - b);
  for (const [first, from] of times.entries()) {
    for (const [index, until] of times.slice(first).entries()) {
      const allowed = burst + (rate * (until - from + TRANSPORT_MS)) / 1000;
      assert.ok(
        index + 1 <= allowed,
        `${index + 1} requests within ${Math.round(until - from)} ms`,
      );
    }
  }
}
