import { type Answer, jsonAnswer, problem } from "./answer.js";
import { type JsonObject, withField } from "./dotted.js";
import type { Names } from "./options.js";
import type { Records } from "./records.js";
import type { Settings } from "./settings.js";
import type { Pagination } from "./words.js";

/** What a style has to know of a request. */
export interface Ask {
  readonly settings: Settings;
  readonly records: Records;
  /** The URL as the client knows it. */
  readonly url: URL;
  /** The page is to be empty though more follow. */
  readonly empty: boolean;
}

/** The unpaginated answer holds no more than this, should the data be endless. */
const SINGLE_MOST = 100_000;

/** Where in the data a page begins; `visit` tells two pages at the same place apart. */
interface Place {
  readonly offset: number;
  readonly visit: number;
}

/** A place and a size, read from the query, or why they can't be. */
type Window = (Place & { readonly size: number }) | { readonly problem: string };

/** Fields by dotted name. */
type Fields = readonly (readonly [name: string, value: unknown])[];

interface Style {
  readonly read: (query: URLSearchParams, ask: Ask) => Window;
  /** The fields and headers beside the records; `next` is undefined on the last page. */
  readonly fields: (next: Place | undefined, ask: Ask) => Fields;
  readonly headers?: (next: Place | undefined, ask: Ask) => Record<string, string>;
}

export function page(ask: Ask): Answer {
  const style = STYLES[ask.settings.pagination];
  const window = style.read(ask.url.searchParams, ask);
  if ("problem" in window) return problem(400, window.problem);
  const end = ask.empty ? window.offset : Math.min(window.offset + window.size, ask.records.count);
  const items: unknown[] = [];
  for (let index = window.offset; index < end; index++) items.push(ask.records.at(index));
  const next = nextPlace(ask, window, items.length);
  const { items: itemsField } = ask.settings.names;
  const fields: Fields = [[itemsField, items], ...style.fields(next, ask)];
  const value = itemsField === "" ? items : objectOf(fields);
  return jsonAnswer(200, value, style.headers?.(next, ask) ?? {});
}

function objectOf(fields: Fields): JsonObject {
  return fields.reduce<JsonObject>((body, [name, value]) => withField(body, name, value), {});
}

function nextPlace(ask: Ask, at: Place & { size: number }, came: number): Place | undefined {
  if (ask.empty) return { offset: at.offset, visit: at.visit + 1 };
  const offset = at.offset + came;
  if (ask.settings.cycle && offset >= Math.min(3 * at.size, ask.records.count)) {
    return { offset: at.size, visit: 0 };
  }
  return offset < ask.records.count ? { offset, visit: 0 } : undefined;
}

const STYLES: Readonly<Record<Pagination, Style>> = {
  single: {
    read: (_query, { records }) => ({
      offset: 0,
      visit: 0,
      size: Math.min(records.count, SINGLE_MOST),
    }),
    fields: (_next, ask) => totals(ask),
  },
  offset: {
    read: (query, ask) => {
      const { limit, offset } = ask.settings.names;
      return windowOf(readSize(query, [limit], ask), readNumber(query, offset, 0, 0));
    },
    fields: (next, ask) => [...totals(ask), ...hasMore(next, ask)],
  },
  page: {
    read: (query, ask) => {
      const size = readSize(query, [ask.settings.names.perPage], ask);
      const number = readNumber(query, ask.settings.names.page, 1, 1);
      if (typeof size === "string" || typeof number === "string") return windowOf(size, number);
      return windowOf(size, (number - 1) * size);
    },
    fields: (next, ask) => [...totals(ask), ...hasMore(next, ask)],
  },
  cursor: {
    read: (query, ask) => readToken(query, ask.settings.names.cursor, ["limit"], ask),
    fields: (next, ask) => [
      ...ended(ask.settings.names.nextCursor, next && tokenOf(next), "null", ask),
      ...hasMore(next, ask),
    ],
  },
  "page-token": {
    read: (query, ask) => readToken(query, ask.settings.names.pageToken, ["pageSize"], ask),
    fields: (next, ask) =>
      ended(ask.settings.names.nextPageToken, next && tokenOf(next), "empty", ask),
  },
  "next-url": {
    read: (query, ask) => readToken(query, ask.settings.names.cursor, URL_SIZES, ask),
    fields: (next, ask) =>
      ended(ask.settings.names.nextUrl, next && nextUrl(next, ask), "null", ask),
  },
  "link-header": {
    read: (query, ask) => readToken(query, ask.settings.names.cursor, URL_SIZES, ask),
    fields: (_next, ask) => totals(ask),
    headers: (next, ask) => {
      const links = [`<${nextUrl(undefined, ask)}>; rel="first"`];
      if (next !== undefined) links.unshift(`<${nextUrl(next, ask)}>; rel="next"`);
      return { Link: links.join(", ") };
    },
  },
};

/** A server that hands out whole URLs takes the page size by any of the usual names. */
const URL_SIZES: readonly (keyof Names)[] = ["limit", "perPage", "pageSize"];

function totals({ settings, records }: Ask): Fields {
  return Number.isFinite(records.count) ? [[settings.names.total, records.count]] : [];
}

function hasMore(next: Place | undefined, { settings }: Ask): Fields {
  return [[settings.names.hasMore, next !== undefined]];
}

function ended(
  name: string,
  value: string | undefined,
  usual: "null" | "empty",
  { settings }: Ask,
): Fields {
  if (value !== undefined) return [[name, value]];
  const end = settings.end ?? usual;
  return end === "absent" ? [] : [[name, end === "null" ? null : ""]];
}

function nextUrl(next: Place | undefined, { settings, url }: Ask): string {
  const target = new URL(url);
  target.searchParams.delete(settings.names.cursor);
  if (!settings.keyInNextUrls) target.searchParams.delete(settings.names.apiKeyParam);
  if (next !== undefined) target.searchParams.set(settings.names.cursor, tokenOf(next));
  if (settings.nextUrls === "absolute") return target.href;
  return `${target.pathname.split("/").at(-1) ?? ""}${target.search}`;
}

/** Padded base64, so that a client that doesn't encode its parameters is found out. */
function tokenOf({ offset, visit }: Place): string {
  return Buffer.from(`at ${offset}.${visit}`.padEnd(10)).toString("base64");
}

function readToken(
  query: URLSearchParams,
  name: string,
  sizes: readonly (keyof Names)[],
  ask: Ask,
): Window {
  const names = sizes.map((key) => ask.settings.names[key]);
  const size = readSize(query, names, ask);
  const token = query.get(name);
  if (token === null || token === "") return windowOf(size, 0);
  const found = /^at (\d+)\.(\d+) *$/.exec(Buffer.from(token, "base64").toString());
  if (found === null) return { problem: `${name} is not one that this server gave out` };
  return windowOf(size, Number(found[1]), Number(found[2]));
}

function readSize(
  query: URLSearchParams,
  names: readonly string[],
  { settings }: Ask,
): number | string {
  const name = names.find((candidate) => query.has(candidate)) ?? names[0] ?? "";
  const asked = readNumber(query, name, settings.defaultPageSize, 1);
  return typeof asked === "number" ? Math.min(asked, settings.maxPageSize) : asked;
}

/** The parameter as a whole number, or a sentence that says what is wrong with it. */
function readNumber(
  query: URLSearchParams,
  name: string,
  otherwise: number,
  least: number,
): number | string {
  const text = query.get(name);
  if (text === null) return otherwise;
  const valid = /^\d+$/.test(text) && Number(text) >= least;
  return valid ? Number(text) : `${name} must be a whole number of ${least} or more`;
}

function windowOf(size: number | string, offset: number | string, visit = 0): Window {
  if (typeof size === "string") return { problem: size };
  if (typeof offset === "string") return { problem: offset };
  return { offset, visit, size };
}
