import { type Answer, mergeHeaders, problem } from "./answer.js";
import { type Dialect, limitHeaders } from "./limit-headers.js";

interface QuotaOptions {
  readonly requests: number;
  readonly seconds: number;
  readonly headers: readonly Dialect[];
}

/** So many requests in each window, which begins with its first. Monotonic milliseconds. */
export class Quota {
  readonly #options: QuotaOptions;
  #remaining = 0;
  #endsAt = -Infinity;

  constructor(options: QuotaOptions) {
    this.#options = options;
  }

  /** Counts a request, or answers 429. */
  admit(now: number): Answer | undefined {
    if (now >= this.#endsAt) {
      this.#remaining = this.#options.requests;
      this.#endsAt = now + this.#options.seconds * 1000;
    }
    if (this.#remaining > 0) {
      this.#remaining -= 1;
      return undefined;
    }
    const seconds = Math.ceil((this.#endsAt - now) / 1000);
    return problem(429, "The quota is used up", { "Retry-After": String(seconds) });
  }

  /** The answer with what is left of the quota. */
  announce(answer: Answer, now: number): Answer {
    const { requests, seconds, headers } = this.#options;
    const standing = {
      limit: requests,
      windowSeconds: seconds,
      remaining: this.#remaining,
      resetMs: Math.max(0, this.#endsAt - now),
    };
    return { ...answer, headers: mergeHeaders(answer.headers, limitHeaders(standing, headers)) };
  }
}
