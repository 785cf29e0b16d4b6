/** Throttled by nginx, whose access log is the judge of what it refused. */
import { type TestContext, describe, expect, test } from "vitest";
import { type Site, startNginx } from "../../scripts/setup/nginx.mjs";
import { type Asked, type Edit, LANGUAGES, run } from "./support/client.js";

interface Limit {
  readonly rate: string;
  readonly rules: string;
  readonly pages: number;
}

const PER_PAGE = 3;

/** Serves so many pages of records, then empty ones. */
async function limited({ onTestFinished }: TestContext, { rate, rules, pages }: Limit) {
  const records = Array.from({ length: pages * PER_PAGE }, (_, index) => ({ id: index + 1 }));
  const page = (index: number) => records.slice(index * PER_PAGE, (index + 1) * PER_PAGE);
  const files = Array.from(
    { length: pages },
    (_, index) => [`page-${index + 1}.json`, JSON.stringify(page(index))] as const,
  );
  const site: Site = {
    http: `limit_req_zone $binary_remote_addr zone=clients:1m rate=${rate};`,
    location: `${rules} try_files /page-$arg_page.json /empty.json =404;`,
    files: { ...Object.fromEntries(files), "empty.json": "[]" },
  };
  const nginx = await startNginx(site);
  onTestFinished(() => nginx.close());
  const answered = async (...statuses: number[]) => {
    const answers = await nginx.answers();
    return answers.filter(({ status }) => statuses.includes(status)).map(({ url }) => url);
  };
  return { environment: { API_BASE_URL: nginx.origin }, records, answered };
}

const PAGINATION = { pagination: "page" };
const SET = { itemsField: "", pageSize: PER_PAGE };
const RETRYING = {
  options: { ...PAGINATION, retry: "exponential" },
  set: { ...SET, baseDelayMs: 100, maxDelayMs: 2000, maxAttempts: 20 },
};
const GIVES_UP: Edit = {
  javascript: ["[408, 429, 500, 502, 503, 504]", "[408]"],
  python: ["(408, 429, 500, 502, 503, 504)", "(408,)"],
};

const REFUSALS = [
  {
    what: "503, its default",
    status: 503,
    exitCode: 69,
    limit: { rate: "2r/s", rules: "limit_req zone=clients;", pages: 8 },
  },
  {
    what: "429, after a burst without delay",
    status: 429,
    exitCode: 75,
    limit: {
      rate: "2r/s",
      rules: "limit_req zone=clients burst=3 nodelay; limit_req_status 429;",
      pages: 10,
    },
  },
];

describe.concurrent.each(LANGUAGES)("%s", (language) => {
  describe.concurrent.each(REFUSALS)("refused with $what", ({ status, exitCode, limit }) => {
    test("repeats what was refused until it has all records", async (context) => {
      const { environment, records, answered } = await limited(context, limit);
      const done = await run({ language, ...RETRYING, environment });
      expect(done, done.stderr).toMatchObject({ exitCode: 0, records });
      const served = await answered(200);
      expect(served).toHaveLength(limit.pages + 1);
      expect(new Set(served).size).toBe(served.length);
      expect(await answered(status)).not.toEqual([]);
    });

    test("is seen to lack records where it repeats nothing", async (context) => {
      const { environment, records, answered } = await limited(context, limit);
      const done = await run({ language, ...RETRYING, environment, edit: GIVES_UP });
      expect(done.exitCode).toBe(exitCode);
      expect(done.records.length).toBeLessThan(records.length);
      expect(await answered(status)).toHaveLength(1);
    });
  });

  const LIMIT = {
    rate: "10r/s",
    rules: "limit_req zone=clients burst=10 nodelay; limit_req_status 429;",
    pages: 30,
  };
  /** Nothing is repeated: a single refusal would be its end. */
  const BUCKET: Pick<Asked, "options" | "set"> = {
    options: { ...PAGINATION, "rate-limit": "token-bucket" },
    set: { ...SET, requestsPerSecond: 10, burst: 5 },
  };

  test("is never refused with a token bucket under the limit", async (context) => {
    const { environment, records, answered } = await limited(context, LIMIT);
    const done = await run({ language, ...BUCKET, environment });
    expect(done, done.stderr).toMatchObject({ exitCode: 0, records });
    expect(await answered(429, 503)).toEqual([]);
    expect(await answered(200)).toHaveLength(LIMIT.pages + 1);
  });

  // A machine that is busy for a moment is slow by itself.
  test("is seen to be refused where its bucket never empties", { retry: 3 }, async (context) => {
    const { environment, answered } = await limited(context, LIMIT);
    const edit: Edit = {
      javascript: ["this.#tokens -= 1", "this.#tokens -= 0"],
      python: ["self._tokens -= missing <= 0", "self._tokens -= 0"],
    };
    expect((await run({ language, ...BUCKET, environment, edit })).exitCode).toBe(75);
    expect(await answered(429)).toHaveLength(1);
  });
});

test("four clients of both languages share what nginx delays, and each ends", async (context) => {
  const limit = {
    rate: "8r/s",
    rules: "limit_req zone=clients burst=2; limit_req_status 429;",
    pages: 6,
  };
  const { environment, records, answered } = await limited(context, limit);
  const clients = [...LANGUAGES, ...LANGUAGES];
  const done = await Promise.all(
    clients.map((language) => run({ language, ...RETRYING, environment })),
  );
  for (const one of done) expect(one, one.stderr).toMatchObject({ exitCode: 0, records });
  expect(await answered(200)).toHaveLength(clients.length * (limit.pages + 1));
  expect(await answered(429)).not.toEqual([]);
});
