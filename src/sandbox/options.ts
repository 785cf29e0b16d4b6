import { z } from "zod";
import { DIALECTS } from "./limit-headers.js";
import {
  afterSchema,
  credentialsSchema,
  fieldsSchema,
  headersSchema,
  stepsSchema,
} from "./step.js";
import { strict } from "./strict.js";
import { AUTHS, PAGINATIONS } from "./words.js";

/** The parameters, fields and headers by the names that a client uses when nobody changes them. */
export const namesSchema = strict({
  items: z.string().default("items"),
  total: z.string().default("total"),
  hasMore: z.string().default("has_more"),
  limit: z.string().default("limit"),
  offset: z.string().default("offset"),
  page: z.string().default("page"),
  perPage: z.string().default("per_page"),
  cursor: z.string().default("cursor"),
  nextCursor: z.string().default("next_cursor"),
  pageToken: z.string().default("page_token"),
  pageSize: z.string().default("page_size"),
  nextPageToken: z.string().default("next_page_token"),
  nextUrl: z.string().default("next"),
  apiKeyHeader: z.string().default("X-API-Key"),
  apiKeyParam: z.string().default("api_key"),
});
export type Names = z.output<typeof namesSchema>;

const tokenSchema = strict({
  authMethods: z
    .array(z.enum(["client_secret_basic", "client_secret_post", "none"]))
    .default(["client_secret_basic", "client_secret_post"]),
  expiresIn: z.union([z.number(), z.string(), z.null()]).default(3600),
  /** `expires_in` as it stands in the JSON text, valid or not: `NaN`, `1e999`. */
  expiresInLiteral: z.string().optional(),
  /** How long the API takes the token; as announced by default, else for ever. */
  lifetimeSeconds: z.number().optional(),
  tokenType: z.string().default("Bearer"),
  prefix: z.string().default("sandbox-token"),
  /** A refresh token is good for one use, and each answer brings the next one. */
  rotates: z.boolean().default(true),
  refreshPrefix: z.string().default("sandbox-refresh"),
  set: fieldsSchema.default({}),
  omit: z.array(z.string()).default([]),
  steps: stepsSchema.default([]),
  after: afterSchema.default("ok"),
});

/** What a session may be asked to do. */
export const optionsSchema = strict({
  auth: z.enum(AUTHS).default("none"),
  pagination: z.enum(PAGINATIONS).default("single"),
  path: z.string().startsWith("/").default("/v1/items"),
  records: z.union([z.int().nonnegative(), z.array(z.unknown())]).default(250),
  names: namesSchema.prefault({}),
  credentials: credentialsSchema.default({}),
  steps: stepsSchema.default([]),
  after: afterSchema.default("ok"),
  token: tokenSchema.prefault({}),
  /** Changes to what the authorization endpoint sends back with the user: `state`, `error`, … */
  authorize: strict({
    set: z.record(z.string(), z.string()).default({}),
    omit: z.array(z.string()).default([]),
  }).prefault({}),
  defaultPageSize: z.int().positive().default(100),
  /** A larger page size is silently cut to this. */
  maxPageSize: z.int().positive().default(1000),
  /** The walk never ends. */
  endless: z.boolean().default(false),
  /** From the third page on, cursors lead back to the second. */
  cycle: z.boolean().default(false),
  /** How the last page says that it is the last; each style has its own way by default. */
  end: z.enum(["null", "absent", "empty"]).optional(),
  nextUrls: z.enum(["absolute", "relative"]).default("absolute"),
  /** Next URLs repeat the API key that came in the query. */
  keyInNextUrls: z.boolean().default(false),
  /** New records come in at the front before the request with this number, or every so many. */
  insert: strict({
    before: z.int().positive(),
    count: z.int().positive().default(1),
    repeat: z.boolean().default(false),
  }).optional(),
  /** A token bucket: so many requests per second, and at most so many at once. */
  throttle: strict({ rate: z.number().positive(), burst: z.number().min(1) }).optional(),
  /** So many requests in so many seconds, counted down in the headers of these dialects. */
  quota: strict({
    requests: z.int().positive(),
    seconds: z.number().positive(),
    headers: z.array(z.enum(DIALECTS)).default(["ratelimit"]),
  }).optional(),
  /** Changes to every page: lying totals, other field names, a fixed `Link`. */
  everyPage: strict({
    headers: headersSchema.default({}),
    set: fieldsSchema.default({}),
    omit: z.array(z.string()).default([]),
  }).prefault({}),
});
export type Options = z.input<typeof optionsSchema>;
