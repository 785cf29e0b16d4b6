import { describe, expect, test } from "vitest";
import type { Session, SessionOptions } from "../../../src/sandbox/index.js";
import { makeRecord } from "../../../src/sandbox/index.js";
import { getJson, type Got, idsOf, itemIds, type Json, sandboxForFile } from "./support.js";

const sandbox = await sandboxForFile();

type Style = NonNullable<SessionOptions["pagination"]>;

/** How a client gets from one page to the next; undefined at the end. */
type Follow = (got: Got, seen: number, page: number) => string | undefined;

function tokenFollow(field: string, param: string): Follow {
  return ({ body }) => {
    const token = body[field];
    return typeof token === "string" && token !== ""
      ? `?${param}=${encodeURIComponent(token)}`
      : undefined;
  };
}

const FOLLOW: Readonly<Record<Style, Follow>> = {
  single: () => undefined,
  offset: ({ body }, seen) => (body["has_more"] === true ? `?limit=4&offset=${seen}` : undefined),
  page: ({ body }, _seen, page) =>
    body["has_more"] === true ? `?per_page=4&page=${page + 1}` : undefined,
  cursor: tokenFollow("next_cursor", "limit=4&cursor"),
  "page-token": tokenFollow("next_page_token", "page_size=4&page_token"),
  "next-url": ({ body }) => (body["next"] as string | null) ?? undefined,
  "link-header": ({ headers }) => /<([^>]*)>; rel="next"/.exec(headers.get("Link") ?? "")?.[1],
};

const FIRST: Readonly<Record<Style, string>> = {
  single: "",
  offset: "?limit=4",
  page: "?per_page=4",
  cursor: "?limit=4",
  "page-token": "?page_size=4",
  "next-url": "?limit=4",
  "link-header": "?per_page=4",
};

/** The ids of every page; gives up after 12. */
async function walk(session: Session): Promise<string[][]> {
  const { pagination } = session.settings;
  const pages: string[][] = [];
  let url: string | undefined = `${session.baseUrl}/v1/items${FIRST[pagination]}`;
  while (url !== undefined && pages.length < 12) {
    const got = await getJson(url);
    pages.push(idsOf(got.body));
    const follow = FOLLOW[pagination](got, pages.flat().length, pages.length);
    url = follow === undefined ? undefined : new URL(follow, url).href;
  }
  return pages;
}

const STYLES = Object.keys(FOLLOW) as Style[];
const PAGED = STYLES.filter((style) => style !== "single");
const BY_TOKEN = PAGED.filter((style) => style !== "offset" && style !== "page");

test.each(PAGED)("%s gives every record once", async (pagination) => {
  const pages = await walk(sandbox.session({ pagination, records: 10 }));
  expect(pages).toEqual([itemIds(4), itemIds(8, 5), itemIds(10, 9)]);
});

test("single gives every record at once", async () => {
  expect(await walk(sandbox.session())).toEqual([itemIds(250)]);
});

test.each(STYLES)("%s gives one empty page where there are no records", async (pagination) => {
  expect(await walk(sandbox.session({ pagination, records: 0 }))).toEqual([[]]);
});

test.each(BY_TOKEN)("%s may have an empty page in the middle", async (pagination) => {
  const steps: SessionOptions["steps"] = ["ok", { emptyPage: true }];
  const pages = await walk(sandbox.session({ pagination, records: 8, steps }));
  expect(pages).toEqual([itemIds(4), [], itemIds(8, 5)]);
});

test("an empty page leads on by another cursor than the one that led to it", async () => {
  const steps: SessionOptions["steps"] = ["ok", { emptyPage: true }];
  const { baseUrl } = sandbox.session({ pagination: "cursor", steps });
  const first = (await getJson(`${baseUrl}/v1/items`)).body["next_cursor"];
  const query = `?cursor=${encodeURIComponent(String(first))}`;
  const second = (await getJson(`${baseUrl}/v1/items${query}`)).body["next_cursor"];
  expect(second).not.toBe(first);
});

test.each(BY_TOKEN)("%s may go round in a circle", async (pagination) => {
  const pages = await walk(sandbox.session({ pagination, records: 20, cycle: true }));
  expect(pages).toHaveLength(12);
  expect(pages[3]).toEqual(pages[1]);
  expect(pages[4]).toEqual(pages[2]);
});

test.each(PAGED)("%s may never end", async (pagination) => {
  const pages = await walk(sandbox.session({ pagination, records: 5, endless: true }));
  expect(pages.flat()).toEqual(itemIds(48));
});

test.each(PAGED)("%s cuts the page size to its own", async (pagination) => {
  const pages = await walk(sandbox.session({ pagination, records: 6, maxPageSize: 3 }));
  expect(pages[0]).toEqual(itemIds(3));
});

test("a record that comes in mid-walk shifts the others", async () => {
  const insert = { before: 2 };
  const pages = await walk(sandbox.session({ pagination: "offset", records: 8, insert }));
  expect(pages).toEqual([itemIds(4), ["item-0004", ...itemIds(7, 5)], ["item-0008"]]);
});

test("the record that came in is at the front, and counted", async () => {
  const session = sandbox.session({ records: 2, insert: { before: 1, count: 2, repeat: true } });
  await getJson(`${session.baseUrl}/v1/items`);
  const { body } = await getJson(`${session.baseUrl}/v1/items`);
  expect(idsOf(body)).toEqual(["new-0004", "new-0003", "new-0002", "new-0001", ...itemIds(2)]);
  expect(body["total"]).toBe(6);
});

describe("a page", () => {
  async function firstBody(options: SessionOptions, query = "?limit=4"): Promise<Json> {
    return (await getJson(`${sandbox.session(options).baseUrl}/v1/items${query}`)).body;
  }

  test.each([
    ["cursor", "next_cursor", null],
    ["page-token", "next_page_token", ""],
    ["next-url", "next", null],
  ] as const)("of %s ends in its own way, or in any", async (pagination, field, usual) => {
    const options = { pagination, records: 2 };
    expect((await firstBody(options))[field]).toBe(usual);
    expect((await firstBody({ ...options, end: "null" }))[field]).toBeNull();
    expect((await firstBody({ ...options, end: "empty" }))[field]).toBe("");
    expect(await firstBody({ ...options, end: "absent" })).not.toHaveProperty(field);
  });

  test("announces total and has_more", async () => {
    expect(await firstBody({ pagination: "offset" })).toMatchObject({ total: 250, has_more: true });
  });

  test("may lie, say less, or use other fields", async () => {
    const everyPage = { set: { total: 3, "data.items": [] }, omit: ["has_more", "items"] };
    const body = await firstBody({ pagination: "offset", everyPage });
    expect(body).toEqual({ total: 3, data: { items: [] } });
  });

  test("may have its records in a nested field, or be the array itself", async () => {
    const names = { items: "data.list", total: "data.total" };
    const nested = await firstBody({ records: [{ a: 1 }], names });
    expect(nested).toEqual({ data: { list: [{ a: 1 }], total: 1 } });
    expect(await firstBody({ records: [{ a: 1 }], names: { items: "" } })).toEqual([{ a: 1 }]);
  });

  test("takes its parameters by other names", async () => {
    const names = { limit: "top", offset: "skip" };
    const body = await firstBody({ pagination: "offset", names }, "?top=2&skip=3");
    expect(idsOf(body)).toEqual(["item-0004", "item-0005"]);
  });

  test.each([
    ["offset", "?limit=0", "limit must be a whole number of 1 or more"],
    ["offset", "?offset=-1", "offset must be a whole number of 0 or more"],
    ["page", "?page=0", "page must be a whole number of 1 or more"],
    ["page", "?per_page=x", "per_page must be a whole number of 1 or more"],
    ["cursor", "?cursor=x", "cursor is not one that this server gave out"],
  ] as const)("of %s refuses %s", async (pagination, query, detail) => {
    expect(await firstBody({ pagination }, query)).toMatchObject({ status: 400, detail });
  });
});

describe("a next URL", () => {
  async function nextOf(options: SessionOptions, query = "?limit=4&q=a%20b"): Promise<string> {
    const session = sandbox.session({ pagination: "next-url", ...options });
    return String((await getJson(`${session.baseUrl}/v1/items${query}`)).body["next"]);
  }

  test("is absolute, of the same origin and with the same prefix and parameters", async () => {
    const next = new URL(await nextOf({}));
    expect(next.origin).toBe(sandbox.origin);
    expect(next.pathname).toMatch(/^\/s\/\d+\/none\/next-url\/v1\/items$/);
    expect([next.searchParams.get("limit"), next.searchParams.get("q")]).toEqual(["4", "a b"]);
  });

  test("has the name of the host that the client used", async () => {
    const session = sandbox.session({ pagination: "next-url" });
    const url = `${session.baseUrl}/v1/items`.replace("127.0.0.1", "localhost");
    expect(String((await getJson(url)).body["next"])).toMatch(/^http:\/\/localhost:/);
  });

  test("may be relative", async () => {
    expect(await nextOf({ nextUrls: "relative" })).toMatch(/^items\?limit=4&q=a\+b&cursor=/);
  });

  test("leaves the API key out, or repeats it", async () => {
    const auth = "api-key-query";
    const query = "?api_key=sandbox-key";
    expect(await nextOf({ auth }, query)).not.toContain("sandbox-key");
    expect(await nextOf({ auth, keyInNextUrls: true }, query)).toContain("api_key=sandbox-key");
  });

  test("may be anything, and so may Link", async () => {
    const set = { next: "http://user@169.254.169.254/" };
    expect(await nextOf({ everyPage: { set } })).toBe("http://user@169.254.169.254/");
    const headers = { Link: "<{base}/v1/items?cursor=x>; rel=next" };
    const session = sandbox.session({ pagination: "link-header", everyPage: { headers } });
    const got = await getJson(`${session.baseUrl}/v1/items`);
    expect(got.headers.get("Link")).toBe(`<${session.baseUrl}/v1/items?cursor=x>; rel=next`);
  });
});

test("records are the same every time, one of them not in ASCII", async () => {
  const { body } = await getJson(`${sandbox.session().baseUrl}/v1/items`);
  const items = body["items"] as Json[];
  expect(items[0]).toEqual({
    id: "item-0001",
    name: "Sample item 1",
    updated_at: "2024-01-01T00:01:00.000Z",
  });
  expect(items[6]).toEqual(makeRecord(7, "item"));
  expect(String(items[6]?.["name"])).toBe("Crème brûlée 東京 🍮");
});

test("one record can be had by its id", async () => {
  const { baseUrl } = sandbox.session({ pagination: "cursor" });
  expect((await getJson(`${baseUrl}/v1/items/item-0007`)).body).toEqual(makeRecord(7, "item"));
  expect((await getJson(`${baseUrl}/v1/items/item-0251`)).status).toBe(404);
});
