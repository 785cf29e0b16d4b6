import { type Answer, mergeHeaders, problem } from "./answer.js";

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

  /** The answer with the state of the limit, in the fields of the IETF draft and the older ones. */
  announce(answer: Answer): Answer {
    const remaining = String(Math.floor(this.#tokens));
    const reset = String(this.#secondsToOne());
    const window = Math.ceil(this.#burst / this.#rate);
    return {
      ...answer,
      headers: mergeHeaders(answer.headers, {
        "RateLimit-Policy": `"sandbox";q=${this.#burst};w=${window}`,
        RateLimit: `"sandbox";r=${remaining};t=${reset}`,
        "X-RateLimit-Limit": String(this.#burst),
        "X-RateLimit-Remaining": remaining,
        "X-RateLimit-Reset": reset,
      }),
    };
  }

  #secondsToOne(): number {
    return Math.max(0, Math.ceil((1 - this.#tokens) / this.#rate));
  }
}
