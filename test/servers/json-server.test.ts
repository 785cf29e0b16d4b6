/** Page numbers and Link headers of json-server. */
import { createServer } from "node:http";
import jsonServer from "json-server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Edit, LANGUAGES, run } from "./support/client.js";
import { close, listen } from "./support/http.js";

const RECORDS = Array.from({ length: 23 }, (_, index) => ({ id: index + 1, name: `n${index}` }));
/** One that divides 23, some that don't, one that takes all at once. */
const PAGE_SIZES = [1, 5, 23, 100];

const app = jsonServer.create();
app.use(jsonServer.router({ items: RECORDS, none: [] }));
const server = createServer(app);
let origin = "";
beforeAll(async () => {
  origin = await listen(server);
});
afterAll(() => close(server));

interface Style {
  readonly pagination: string;
  readonly path: string;
  /** A client that takes the first page for all. */
  readonly stopsEarly: Edit;
}

const STYLES: Readonly<Record<string, Style>> = {
  "page numbers": {
    pagination: "page",
    path: "/items?",
    stopsEarly: {
      javascript: ["more ?? true", "more ?? false"],
      python: ["more is not False", "more is True"],
    },
  },
  "Link headers": {
    pagination: "link-header",
    // Without a page in the first request it sends no links.
    path: "/items?_page=1",
    stopsEarly: {
      javascript: ['nextLink(headers.get("link") ?? "")', 'nextLink("")'],
      python: ['next_link(answer.headers.get("Link", ""))', 'next_link("")'],
    },
  },
};

/** The fields that json-server's words go into. */
const FIELDS = { itemsField: "", perPageParam: "_limit" };

describe.concurrent.each(LANGUAGES)("%s", (language) => {
  describe.concurrent.each(Object.entries(STYLES))("by %s", (_name, style) => {
    const { pagination, path, stopsEarly } = style;
    const walk = (changes: { path?: string; pageSize: number; edit?: Edit }) => {
      const { pageSize, edit } = changes;
      const set: Record<string, string | number> = {
        ...FIELDS,
        path: changes.path ?? path,
        pageSize,
      };
      if (pagination === "page") set["pageParam"] = "_page";
      const environment = { API_BASE_URL: origin };
      return run({ language, options: { pagination }, set, environment, ...(edit && { edit }) });
    };

    test.each(PAGE_SIZES)("has all records, each once, by %i", async (pageSize) => {
      const { exitCode, records, stderr } = await walk({ pageSize });
      expect({ exitCode, records }, stderr).toEqual({ exitCode: 0, records: RECORDS });
    });

    test("has no records where there are none", async () => {
      const done = await walk({ pageSize: 5, path: path.replace("items", "none") });
      expect(done).toEqual({ exitCode: 0, records: [], stderr: "" });
    });

    test("is seen to lack records where it stops early", async () => {
      const { records } = await walk({ pageSize: 5, edit: stopsEarly });
      expect(records).toEqual(RECORDS.slice(0, 5));
    });
  });
});
