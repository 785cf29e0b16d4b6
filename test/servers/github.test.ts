/** What GitHub answered when @octokit/fixtures recorded it, on a real socket. */
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { type TestContext, describe, expect, test } from "vitest";
import { type Edit, LANGUAGES, type Language, run } from "./support/client.js";
import { close, listen } from "./support/http.js";

interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly response: readonly { readonly number: number }[];
  /** Names and values, one after the other. */
  readonly rawHeaders: readonly string[];
}

const GITHUB = "https://api.github.com";
const FILE = "@octokit/fixtures/scenarios/api.github.com/paginate-issues/raw-fixture.json";
const text = readFileSync(createRequire(import.meta.url).resolve(FILE), "utf8");
const recorded = JSON.parse(text) as readonly Exchange[];
/** Five pages of issues, by three: 13 down to 1. */
const PAGES = recorded.filter(({ method }) => method === "get");
const ISSUES = PAGES.flatMap(({ response }) => response.map(({ number }) => number));

/** What lets the answer be a whole one, as its links lead to this machine. */
const OWN_HEADERS = /^(content-length|connection)$/i;

/** Answers each request as GitHub answered it, with its own origin in the place of GitHub's. */
async function replay({ onTestFinished }: TestContext) {
  const arrivals: number[] = [];
  const credentials = new Set<string | undefined>();
  const server = createServer((request, response) => {
    arrivals.push(performance.now());
    credentials.add(request.headers.authorization);
    const found = PAGES.find(({ path }) => path === request.url);
    if (!found) return response.writeHead(404).end();
    const here = (value: string) => value.replaceAll(GITHUB, origin);
    const headers = found.rawHeaders.flatMap((name, at, { [at + 1]: value = "" }) =>
      at % 2 === 1 || OWN_HEADERS.test(name) ? [] : [name, here(value)],
    );
    return response.writeHead(found.status, headers).end(here(JSON.stringify(found.response)));
  });
  const origin = await listen(server);
  onTestFinished(() => close(server));
  return { origin, arrivals, credentials };
}

interface Changes {
  readonly limit?: string;
  readonly set?: Readonly<Record<string, number>>;
  readonly edit?: Edit | undefined;
}

async function walk(language: Language, origin: string, { limit, set, edit }: Changes = {}) {
  const path = PAGES[0]?.path.replace(/\?.*/, "") ?? "";
  const { exitCode, records, stderr } = await run({
    language,
    options: { auth: "bearer", pagination: "link-header", "rate-limit": limit ?? "none" },
    set: { path, itemsField: "", pageSize: 3, ...set },
    environment: { API_BASE_URL: origin, API_TOKEN: "canary-of-github" },
    edit,
  });
  const issues = records.map((record) => (record as Exchange["response"][number]).number);
  return { exitCode, issues, stderr };
}

const TAKES_ANY_LINK: Edit = {
  javascript: ['if (relations.includes("next") && ', "if ("],
  python: ['if "next" in found.get("rel", "").lower().split(" ") and ', "if "],
};

/** Of the recording, 4,900 requests are left for an hour: 1.4 in a second. */
const ADAPTIVE = {
  limit: "adaptive",
  set: { requestsPerSecond: 1000, burst: 1, maxPauseMs: 86_400_000 },
};
const PACED_MS = 1500;
const LEARNS_NOTHING: Edit = {
  javascript: ["limiter.observe(", "(() => undefined)("],
  python: ["self._limiter.observe(", "str("],
};

/** From the second request to the last; the first has nothing to go by. */
const spanOf = (arrivals: readonly number[]) => (arrivals.at(-1) ?? 0) - (arrivals[1] ?? 0);

describe.concurrent.each(LANGUAGES)("%s", (language) => {
  test("walks all pages of issues by GitHub's links", async (context) => {
    const { origin, arrivals, credentials } = await replay(context);
    const { exitCode, issues, stderr } = await walk(language, origin);
    expect({ exitCode, issues }, stderr).toEqual({ exitCode: 0, issues: ISSUES });
    expect(issues).toHaveLength(13);
    expect(arrivals).toHaveLength(PAGES.length);
    expect([...credentials]).toEqual(["Bearer canary-of-github"]);
  });

  test("is seen to go astray where it takes any link for the next", async (context) => {
    const { origin } = await replay(context);
    const { exitCode, issues } = await walk(language, origin, { edit: TAKES_ANY_LINK });
    expect(exitCode).not.toBe(0);
    expect(issues).not.toEqual(ISSUES);
  });

  test("makes what GitHub says is left last until the reset", async (context) => {
    const { origin, arrivals } = await replay(context);
    const { issues } = await walk(language, origin, ADAPTIVE);
    expect(issues).toEqual(ISSUES);
    expect(spanOf(arrivals)).toBeGreaterThan(PACED_MS);
  });

  // A machine that is busy for a moment is slow by itself.
  test("is seen to hurry where it learns nothing", { retry: 3 }, async (context) => {
    const { origin, arrivals } = await replay(context);
    const { issues } = await walk(language, origin, { ...ADAPTIVE, edit: LEARNS_NOTHING });
    expect(issues).toEqual(ISSUES);
    expect(spanOf(arrivals)).toBeLessThan(PACED_MS);
  });
});
