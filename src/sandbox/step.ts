import { z } from "zod";
import { DATE_FORMS } from "./retry-after.js";
import { strict } from "./strict.js";

const secret = z.union([z.string(), z.array(z.string())]).optional();

/** Values other than the placeholders; a list means that each of them is valid. */
export const credentialsSchema = strict({
  API_TOKEN: secret,
  API_KEY: secret,
  API_USERNAME: secret,
  API_PASSWORD: secret,
  API_CLIENT_ID: secret,
  API_CLIENT_SECRET: secret,
  API_REFRESH_TOKEN: secret,
});
export type Credentials = z.output<typeof credentialsSchema>;

export const headersSchema = z.record(z.string(), z.union([z.string(), z.array(z.string())]));
export const fieldsSchema = z.record(z.string(), z.unknown());

/** How the bytes of an answer travel. */
export const DELIVERIES = [
  "whole",
  "reset",
  "close",
  "hang",
  "truncated",
  "cut-chunk",
  "cut-head",
  "until-close",
  "damaged-gzip",
  "reset-body",
  "slow-body",
  "slow-headers",
] as const;

const retryAfterSchema = z.union([
  z.number(),
  z.string(),
  strict({
    form: z.enum(DATE_FORMS),
    seconds: z.int(),
    skewSeconds: z.int().optional(),
  }),
]);

/**
 * What happens to one request. Without a status of its own, or a body, the step leaves the real
 * answer standing and changes only what it names. In headers and in `set`, `{url}`, `{base}` and
 * `{origin}` stand for the request's URL, the session's base URL and the server's origin.
 */
const stepShape = z
  .object({
    status: z.int().min(200).max(999),
    headers: headersSchema,
    /** `Retry-After`: seconds or any text as they are, or a date so many seconds from now. */
    retryAfter: retryAfterSchema,
    json: z.unknown(),
    text: z.string(),
    /** JSON, or not: these bytes, in base64. */
    base64: z.base64(),
    html: z.boolean(),
    /** An error whose text repeats every credential that the client sent. */
    echo: z.boolean(),
    /** A JSON body of this many bytes. */
    hugeBytes: z.int().nonnegative(),
    /** A small gzip body that unpacks to this many bytes of JSON. */
    gzipBytes: z.int().nonnegative(),
    /** Fields of the JSON body to set or to leave out, by dotted name. */
    set: fieldsSchema,
    omit: z.array(z.string()),
    /** No records here, though the walk goes on. */
    emptyPage: z.boolean(),
    /** Every token issued so far ends before this request is looked at. */
    revoke: z.boolean(),
    /** The valid credentials change before this request is looked at. */
    credentials: credentialsSchema,
    /** A write is done although the answer says or does something else. */
    commit: z.boolean(),
    delayMs: z.number().nonnegative(),
    delivery: z.enum(DELIVERIES),
    /** The pace of the slow deliveries: one byte in so many milliseconds. */
    everyMs: z.number().nonnegative(),
    /** How much of the body a cut delivery lets through; half of it by default. */
    sentBytes: z.int().nonnegative(),
  })
  .partial().shape;
const stepObjectSchema = strict(stepShape);
export type Step = z.output<typeof stepObjectSchema>;

export const stepsSchema = z.array(
  z.union([z.literal("ok").transform((): Step => ({})), stepObjectSchema]),
);
export const afterSchema = z.enum(["ok", "last", "loop"]);

/** Steps for the first requests, and what follows them. */
export interface Sequence {
  readonly steps: readonly Step[];
  readonly after: z.output<typeof afterSchema>;
}

/** The step for the request with this number, counted from 0. */
export function stepAt({ steps, after }: Sequence, index: number): Step {
  const at = after === "loop" ? index % Math.max(1, steps.length) : index;
  return steps[at] ?? (after === "last" ? steps.at(-1) : undefined) ?? {};
}
