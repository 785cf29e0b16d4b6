/** How requests in time compare with a limit: a burst, and a rate. */

export interface Limit {
  readonly burst: number;
  /** Per second. */
  readonly rate: number;
}

/**
 * By how many requests the fullest of all windows has more than `burst + rate · length`; negative
 * where every window has fewer. A window begins with one request and ends with another.
 * @param times in ms, in any order
 */
export function worstExcess(times: readonly number[], { burst, rate }: Limit): number {
  const sorted = [...times].sort((one, two) => one - two);
  const first = sorted[0] ?? 0;
  let least = Infinity;
  let worst = -Infinity;
  // Of a window from i to j it is (j - rate · tj) - (i - rate · ti) + 1 - burst.
  for (const [index, time] of sorted.entries()) {
    const ahead = index - (rate * (time - first)) / 1000;
    least = Math.min(least, ahead);
    worst = Math.max(worst, ahead - least + 1 - burst);
  }
  return worst;
}

/** The share of what the limit allows from the first request to the last one. */
export function usedShare(times: readonly number[], { burst, rate }: Limit): number {
  const from = Math.min(...times);
  const until = Math.max(...times);
  return times.length / (burst + (rate * (until - from)) / 1000);
}

/** How many of them a server with a token bucket of this size would refuse. */
export function refused(times: readonly number[], { burst, rate }: Limit): number {
  let tokens = burst;
  let filledAt = -Infinity;
  let count = 0;
  for (const time of [...times].sort((one, two) => one - two)) {
    tokens = Math.min(burst, tokens + ((time - filledAt) * rate) / 1000);
    filledAt = time;
    // As exact as sums of fractions are.
    if (tokens >= 1 - 1e-9) tokens -= 1;
    else count += 1;
  }
  return count;
}
