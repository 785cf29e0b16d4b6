import { type Answer, mergeHeaders, problem } from "./answer.js";
import { type Dialect, limitHeaders } from "./limit-headers.js";

const DIALECTS: readonly Dialect[] = ["ratelimit", "x-ratelimit"];

/** A token bucket that starts full. Times are milliseconds on a monotonic clock. */
export class Throttle {
  readonly #rate: number;
  readonly #burst: number;
  #tokens: number;
  #refilledAt: number;

  constructor({ rate, burst }: { rate: number; burst: number }, now: number) {
    this.#rate = rate;
    this.#burst = burst;
    this.#tokens = burst;
    this.#refilledAt = now;
  }

  /** Takes a token, or answers 429. */
  admit(now: number): Answer | undefined {
    const gained = ((now - this.#refilledAt) / 1000) * this.#rate;
    this.#tokens = Math.min(this.#burst, this.#tokens + gained);
    this.#refilledAt = now;
    if (this.#tokens >= 1) {
      this.#tokens -= 1;
      return undefined;
    }
    return problem(429, "The limit is used up", { "Retry-After": String(this.#secondsToOne()) });
  }

  /** The answer with the state of the limit. */
  announce(answer: Answer): Answer {
    const standing = {
      limit: this.#burst,
      windowSeconds: Math.ceil(this.#burst / this.#rate),
      remaining: Math.floor(this.#tokens),
      resetMs: this.#secondsToOne() * 1000,
    };
    return { ...answer, headers: mergeHeaders(answer.headers, limitHeaders(standing, DIALECTS)) };
  }

  #secondsToOne(): number {
    return Math.max(0, Math.ceil((1 - this.#tokens) / this.#rate));
  }
}
