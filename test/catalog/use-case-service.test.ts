/** Services as product code uses them: cancelled, logged, and with another client in tests. */
import { once } from "node:events";
import { type Server, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runRecipe } from "./support/run-client.js";
import { recipeOf, renderer } from "./support/samples.js";
import {
  COUNTED,
  CREATED,
  EARLY_AND_LATE,
  FAKE,
  GOT,
  LOGGED,
  ONE_OF_TWO,
  UNTIL_CANCELLED,
  WITH_A_METHOD_MORE,
} from "./support/service-programs.js";

/** What the API does with a request, by the first name in its path. */
let server: Server;
let url: string;
const paths: string[] = [];
const keys: unknown[] = [];
beforeAll(async () => {
  server = createServer((request, response) => {
    const path = request.url ?? "";
    paths.push(path);
    keys.push(request.headers["idempotency-key"]);
    const reply = (status: number, body: unknown, headers = {}) =>
      response.writeHead(status, headers).end(JSON.stringify(body));
    const token = { access_token: "t", token_type: "Bearer" };
    if (path.startsWith("/silent/")) return;
    if (path.startsWith("/busy/")) reply(503, {}, { "retry-after": "30" });
    else if (path.startsWith("/flaky/") && paths.length === 1) reply(503, {}, { "retry-after": 0 });
    else if (path === "/slow-token") setTimeout(() => reply(200, token), 500);
    else if (path === "/slower-tokens") setTimeout(() => reply(200, token), paths.length * 500);
    else if (path.startsWith("/forgetful/") && paths.length === 2)
      setTimeout(() => reply(401, {}), 1000);
    else if (path.startsWith("/odd/")) reply(200, { id: 1, name: "One" });
    else reply(200, { id: "1", name: "One" });
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close().closeAllConnections();
});

interface Case {
  readonly options?: Readonly<Record<string, string>>;
  readonly extras?: readonly string[];
  readonly set?: Readonly<Record<string, number | string>>;
  readonly api: string;
  readonly token?: string;
}

async function run(
  language: string,
  { options, extras = [], set = {}, api, token = "/token" }: Case,
  code: string,
) {
  paths.length = keys.length = 0;
  const answers = { options: { language, "use-case": "service", ...options }, extras, set };
  const environment = {
    API_BASE_URL: url + api,
    API_TOKEN: "t",
    API_TOKEN_URL: url + token,
    API_CLIENT_ID: "id",
    API_CLIENT_SECRET: "secret",
    REDIS_URL: "redis://127.0.0.1:1",
  };
  const edit = (client: string) => client + code;
  const { lines, logs } = await runRecipe(answers, environment, [], edit);
  return { lines, logs };
}

const WAITS: readonly (readonly [string, Case])[] = [
  ["an answer", { api: "/silent" }],
  ["the next attempt", { api: "/busy" }],
  ...["interval", "token-bucket", "adaptive"].map((limit) => {
    const set = { requestsPerSecond: 0.1, ...(limit === "interval" ? {} : { burst: 1 }) };
    return [`its turn (${limit})`, { options: { "rate-limit": limit }, set, api: "/ok" }] as const;
  }),
  [
    "a token",
    { options: { auth: "oauth2-client-credentials" }, api: "/ok", token: "/silent/token" },
  ],
];

describe.each(["javascript", "python"])("a service in %s", (language) => {
  test.each(WAITS)("ends within 50 ms when it waits for %s", async (_, given) => {
    const { lines } = await run(language, given, UNTIL_CANCELLED[language] ?? "");
    const told = lines.map(({ message }) => message);
    const message = language === "python" ? "the caller cancelled" : "over";
    expect(told).toEqual([message, message, message]);
    expect(Math.min(...lines.map(({ late }) => Number(late)))).toBeLessThan(50);
  });

  test("sends nothing once it is cancelled", async () => {
    const code = {
      javascript: `
        const signal = AbortSignal.abort(new Error("over"));
        const call = new ApiService(createClient(process.env)).get("1", { signal });
        await call.catch(({ message }) => console.log(JSON.stringify({ message })));`,
      python: `
import os
event = threading.Event()
event.set()
try:
    with cancelled_by(event):
        ApiService(ApiClient(os.environ)).get("1")
except ApiError as error:
    print(json.dumps({"message": error.kind}))
`,
    }[language];
    const { lines } = await run(language, { api: "/ok" }, code ?? "");
    expect(lines).toEqual([{ message: language === "python" ? "cancelled" : "over" }]);
    expect(paths).toEqual([]);
  });

  test("cancels one caller, and no other one that waits for the same token", async () => {
    const given = { options: { auth: "oauth2-client-credentials" }, api: "/ok" };
    const code = ONE_OF_TWO[language] ?? "";
    const { lines } = await run(language, { ...given, token: "/slow-token" }, code);
    expect(lines).toEqual([{ first: "rejected", second: "fulfilled" }]);
  });

  test("lets no caller's deadline take the token from one that has more time", async () => {
    const { lines } = await run(
      language,
      {
        options: { auth: "oauth2-client-credentials" },
        set: { deadlineMs: 2200 },
        api: "/forgetful",
        token: "/slower-tokens",
      },
      EARLY_AND_LATE[language] ?? "",
    );
    expect(lines).toEqual([{ first: "later", second: "fulfilled" }]);
  });

  test("takes any client, and asks it for one path below its own", async () => {
    const { lines } = await run(language, { api: "/ok" }, FAKE[language] ?? "");
    expect(lines).toEqual([{ id: "GET /v1/items/a%2Fb" }, { id: "open" }, { kind: "failed" }]);
  });

  test("hands its log to the product", async () => {
    const { lines, logs } = await run(language, { api: "/flaky" }, LOGGED[language] ?? "");
    expect(lines).toEqual([{ level: "warn", status: 503 }]);
    expect(logs).toEqual([]);
  });

  test("writes with one key, however often it is sent", async () => {
    const { lines } = await run(
      language,
      { extras: ["idempotency"], api: "/flaky" },
      CREATED[language] ?? "",
    );
    expect(lines).toEqual([{ id: "1", name: "One" }]);
    expect({ paths, keys }).toEqual({
      paths: ["/flaky/v1/items", "/flaky/v1/items"],
      keys: ["k-1", "k-1"],
    });
  });

  test.each(["stop", "skip", "warn"])("checks an item that it gets: %s", async (onInvalid) => {
    const given = { extras: ["schema"], set: { onInvalid } };
    const code = GOT[language] ?? "";
    const right = await run(language, { ...given, api: "/ok" }, code);
    expect(right.lines).toEqual([{ id: "1", name: "One" }]);
    const { lines } = await run(language, { ...given, api: "/odd" }, code);
    const message = expect.stringMatching(/^the item is not as expected: id: /) as string;
    const refused = { kind: "protocol", message };
    expect(lines).toEqual([onInvalid === "warn" ? { id: 1, name: "One" } : refused]);
  });

  test("has its metrics read by the product", async () => {
    const { lines } = await run(
      language,
      { extras: ["metrics"], api: "/flaky" },
      COUNTED[language] ?? "",
    );
    const p99 = expect.any(Number) as number;
    expect(lines).toMatchObject([{ requests: 2, retries: 1, throttled: 0, latencyMs: { p99 } }]);
  });

  test("has no script part", async () => {
    const { text } = renderer.file(
      recipeOf({ options: { language, "use-case": "service" }, set: {} }),
    );
    expect(text).not.toMatch(/^import (os|sys|signal)$|EXIT|\bmain\b|process\.(exit|on|argv)/m);
    expect(await run(language, { api: "/ok" }, "")).toEqual({ lines: [], logs: [] });
  });
});

test("a service in Python takes methods that return lists", async () => {
  const { lines } = await run("python", { api: "/ok" }, WITH_A_METHOD_MORE);
  expect(lines).toEqual([{ returns: "list[str]" }]);
});
