/** How a service and its callers went through an outage. */
import type { Survived } from "../faults.js";

/** In this time after an outage clients that wait for it come back together. */
const RUSH_S = 10;

export interface Recovery {
  /** Requests per second during the outage and in the busiest second after it, by the usual ones. */
  readonly during: number;
  readonly peak: number;
  readonly sentPerSuccess: number;
  /** The share of the operations that failed for good. */
  readonly failed: number;
  /** Until the first success after the outage, in seconds; infinite for who had none. */
  readonly times: readonly number[];
}

/** @param pauseMs in which all callers have begun */
export function recoveryOf(survived: Survived, pauseMs: number): Recovery {
  const { log, operations, outage, startAt } = survived;
  const usual = perSecond(survived, startAt + pauseMs, outage.from);
  const seconds = Array.from({ length: RUSH_S }, (_, second) => outage.until + 1000 * second);
  const peak = Math.max(...seconds.map((from) => perSecond(survived, from, from + 1000)));
  const succeeded = operations.filter(([, , , isOk]) => isOk).length;
  return {
    during: perSecond(survived, outage.from, outage.until) / usual,
    peak: peak / usual,
    sentPerSuccess: log.length / succeeded,
    failed: 1 - succeeded / operations.length,
    times: recoveryTimes(survived),
  };
}

export function perSecond({ log }: Pick<Survived, "log">, from: number, until: number): number {
  const count = log.filter(([at]) => at >= from && at < until).length;
  return (1000 * count) / (until - from);
}

function recoveryTimes({ shape, operations, outage }: Survived): readonly number[] {
  const times = Array.from({ length: shape.clients * shape.callers }, () => Infinity);
  for (const [caller, , until, isOk] of operations) {
    if (!isOk || until < outage.until) continue;
    times[caller] = Math.min(times[caller] ?? Infinity, (until - outage.until) / 1000);
  }
  return times;
}
