import type { Headers } from "./answer.js";

/** The ways in which APIs tell the state of a limit. */
export const DIALECTS = [
  "ratelimit",
  "ratelimit-fields",
  "x-ratelimit",
  "x-ratelimit-epoch",
  "x-ratelimit-epoch-ms",
] as const;
export type Dialect = (typeof DIALECTS)[number];

/** The state of a limit. */
export interface Standing {
  readonly limit: number;
  readonly windowSeconds: number;
  readonly remaining: number;
  readonly resetMs: number;
}

export function limitHeaders(standing: Standing, dialects: readonly Dialect[]): Headers {
  const told = dialects.map((dialect) => TELL[dialect](standing));
  return Object.assign({}, ...told) as Headers;
}

const TELL: Readonly<Record<Dialect, (standing: Standing) => Headers>> = {
  /** The IETF draft, draft-ietf-httpapi-ratelimit-headers-10. */
  ratelimit: ({ limit, windowSeconds, remaining, resetMs }) => ({
    "RateLimit-Policy": `"sandbox";q=${limit};w=${windowSeconds}`,
    RateLimit: `"sandbox";r=${remaining};t=${seconds(resetMs)}`,
  }),
  /** The draft until its version 06. */
  "ratelimit-fields": (standing) => fields("RateLimit", standing, seconds(standing.resetMs)),
  "x-ratelimit": (standing) => fields("X-RateLimit", standing, seconds(standing.resetMs)),
  "x-ratelimit-epoch": (standing) =>
    fields("X-RateLimit", standing, seconds(Date.now() + standing.resetMs)),
  "x-ratelimit-epoch-ms": (standing) =>
    fields("X-RateLimit", standing, Math.ceil(Date.now() + standing.resetMs)),
};

function fields(prefix: string, { limit, remaining }: Standing, reset: number): Headers {
  return {
    [`${prefix}-Limit`]: String(limit),
    [`${prefix}-Remaining`]: String(remaining),
    [`${prefix}-Reset`]: String(reset),
  };
}

function seconds(milliseconds: number): number {
  return Math.ceil(milliseconds / 1000);
}
