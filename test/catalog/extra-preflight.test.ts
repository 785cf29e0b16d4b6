/** Clients with a preflight: what `--check` finds out, and that it leaves everything alone. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { catalog } from "virtual:catalog";
import {
  type Sandbox,
  type SessionOptions,
  makeRecord,
  startSandbox,
} from "../../src/sandbox/index.js";
import { runRecipe } from "./support/run-client.js";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

const containing = (text: string): unknown => expect.stringContaining(text);
const QUICK = { baseDelayMs: 1, maxDelayMs: 2, maxAttempts: 2 };

interface Case {
  readonly title: string;
  readonly session?: SessionOptions;
  readonly set?: Readonly<Record<string, string | number>>;
  readonly environment?: Readonly<Record<string, string>>;
  readonly exitCode?: number;
  /** What is told, in part, by the name of the check; the last one may have failed. */
  readonly told: Readonly<Record<string, object>>;
}

const ALL = { configuration: {}, access: {}, page: {}, clock: {}, quota: {} };
const BEFORE_PAGE = { configuration: { ok: true }, access: { ok: true } };

const CASES: readonly Case[] = [
  {
    title: "all is well",
    session: { quota: { requests: 100, seconds: 60 } },
    told: {
      configuration: { ok: true },
      access: { ok: true },
      page: { ok: true, records: 100, more: true, warning: null },
      clock: { ok: true, skewSeconds: expect.closeTo(0, -0.5) as number, warning: null },
      quota: { ok: true, remaining: 99, resetMs: expect.closeTo(60_000, -3.5) as number },
    },
  },
  {
    title: "a missing credential",
    environment: { API_TOKEN: "" },
    exitCode: 78,
    told: { configuration: { ok: false, message: containing("API_TOKEN must be") } },
  },
  {
    title: "a wrong credential",
    environment: { API_TOKEN: "wrong" },
    exitCode: 77,
    told: {
      configuration: { ok: true },
      access: { ok: false, advice: containing("credentials") },
    },
  },
  {
    title: "a server that fails",
    session: { steps: [{ status: 503 }], after: "last" },
    exitCode: 69,
    told: {
      configuration: { ok: true },
      access: { ok: false, message: containing("503") },
    },
  },
  {
    title: "a wrong path",
    set: { path: "/v2/items" },
    exitCode: 1,
    told: {
      configuration: { ok: true },
      access: { ok: false, advice: containing("PATH") },
    },
  },
  {
    title: "records at another place",
    session: { names: { items: "data" } },
    exitCode: 65,
    told: { ...BEFORE_PAGE, page: { ok: false, advice: containing("ITEMS_FIELD") } },
  },
  {
    title: "a next page that fails",
    session: { steps: ["ok", "ok", { status: 400 }] },
    exitCode: 1,
    told: { ...BEFORE_PAGE, page: { ok: false, message: containing("400") } },
  },
  {
    title: "a next cursor at another place",
    session: { names: { nextCursor: "after" } },
    exitCode: 65,
    told: { ...BEFORE_PAGE, page: { ok: false, message: containing("next_cursor") } },
  },
  {
    title: "a next cursor at another place, and no flag",
    session: { names: { nextCursor: "after" }, everyPage: { omit: ["has_more"] } },
    told: {
      ...ALL,
      page: { ok: true, records: 100, more: false, warning: containing("no next") },
    },
  },
  {
    title: "a cursor that the server doesn't know by its name",
    session: { names: { cursor: "after" } },
    told: { ...ALL, page: { ok: true, warning: containing("repeats") } },
  },
  {
    title: "no records",
    session: { records: 0 },
    told: { ...ALL, page: { records: 0, more: false, warning: containing("no") } },
  },
  {
    title: "a last page",
    session: { records: [makeRecord(1, "item"), makeRecord(2, "item")] },
    told: { ...ALL, page: { records: 2, more: false, warning: null } },
  },
  {
    title: "a clock that is wrong",
    session: { everyPage: { headers: { Date: "Sun, 06 Nov 2022 08:49:37 GMT" } } },
    told: { ...ALL, clock: { ok: true, warning: containing("clock") } },
  },
  {
    title: "a quota that is used up",
    session: { everyPage: { headers: { RateLimit: '"day";r=0;t=9' } } },
    told: {
      ...ALL,
      quota: { remaining: 0, resetMs: 9000, warning: containing("nothing is left") },
    },
  },
  {
    title: "no quota that is told",
    told: { ...ALL, quota: { ok: true, remaining: null, resetMs: null, warning: null } },
  },
];

describe.each(catalog.languages.map(({ name }) => name))("%s", (language) => {
  const options = { language, auth: "bearer", pagination: "cursor", retry: "exponential" };

  test.each(CASES)("tells of $title", async (given) => {
    const { session: asked, set, environment, exitCode = 0, told } = given;
    const session = sandbox.session({ auth: "bearer", pagination: "cursor", ...asked });
    const answers = { options, set: { ...QUICK, ...set }, extras: ["preflight"] };
    const env = { ...session.environment, ...environment };
    const run = await runRecipe(answers, env, ["--check"]);
    expect(run.lines).toMatchObject(
      Object.entries(told).map(([check, found]) => ({ check, ...found })),
    );
    expect(run.exitCode).toBe(exitCode);
    expect(run.made).toEqual([]);
    expect(session.requests.filter(({ method }) => method !== "GET")).toEqual([]);
    expect(run.logs.filter(({ level }) => level === "error")).toHaveLength(exitCode === 0 ? 0 : 1);
  });

  test("tells of an environment that there is not, and of names as they are set", async () => {
    const session = sandbox.session({ auth: "bearer", pagination: "cursor" });
    const set = { developmentUrl: session.baseUrl };
    const answers = { options, set, extras: ["environments", "preflight"] };
    const check = (environment: Readonly<Record<string, string>>) =>
      runRecipe(answers, environment, ["--check"]);
    const strange = await check({ API_ENVIRONMENT: "prod", ...session.environment });
    expect(strange).toMatchObject({
      exitCode: 78,
      lines: [{ check: "configuration", ok: false, message: containing("staging") }],
    });
    const unset = await check(session.environment);
    const message = "API_TOKEN_DEVELOPMENT must be set, in visible ASCII without spaces";
    expect(unset).toMatchObject({ exitCode: 78, lines: [{ ok: false, message }] });
    const right = await check({ API_TOKEN_DEVELOPMENT: session.environment["API_TOKEN"] ?? "" });
    expect(right.lines[0]).toEqual({
      check: "configuration",
      ok: true,
      environment: "development",
    });
    expect(right).toMatchObject({
      exitCode: 0,
      lines: Object.keys(ALL).map((name) => ({ check: name })),
    });
  });

  test.each(["offset", "page", "page-token", "link-header", "next-url", "single"] as const)(
    "reads a page by %s",
    async (pagination) => {
      const session = sandbox.session({ auth: "bearer", pagination });
      const answers = { options: { ...options, pagination }, set: {}, extras: ["preflight"] };
      const { exitCode, lines } = await runRecipe(answers, session.environment, ["--check"]);
      const records = pagination === "single" ? 250 : 100;
      expect(lines[2]).toMatchObject({ check: "page", ok: true, records, warning: null });
      expect(exitCode).toBe(0);
    },
  );

  test("makes no file and takes no lock for a sync job", async () => {
    const session = sandbox.session({ auth: "bearer", pagination: "cursor" });
    const answers = { options: { ...options, "use-case": "sync-job" }, set: {} };
    const env = session.environment;
    const { exitCode, lines, made } = await runRecipe(answers, env, ["--check"]);
    expect(lines).toMatchObject(Object.keys(ALL).map((check) => ({ check, ok: true })));
    expect({ exitCode, made }).toEqual({ exitCode: 0, made: [] });
    const synced = await runRecipe(answers, env);
    expect(synced.made).toContain("items.jsonl.checkpoint");
  });

  test("keeps a refresh token that is replaced, and sends but GETs beside", async () => {
    const session = sandbox.session({ auth: "oauth2-refresh-token", pagination: "cursor" });
    const answers = {
      options: { ...options, auth: "oauth2-refresh-token" },
      set: {},
      extras: ["preflight"],
    };
    const environment = { ...session.environment, API_TOKEN_STORE: "store" };
    const { exitCode, made } = await runRecipe(answers, environment, ["--check"]);
    expect({ exitCode, made }).toEqual({ exitCode: 0, made: ["store"] });
    const sent = session.requests.map(({ kind, method }) => `${kind} ${method}`);
    expect(sent).toEqual(["token POST", "api GET", "api GET", "api GET"]);
  });
});
