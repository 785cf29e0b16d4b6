/** Services as product code uses them: cancelled, logged, and with another client in tests. */
import { once } from "node:events";
import { type Server, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runRecipe } from "./support/run-client.js";
import { recipeOf, renderer } from "./support/samples.js";

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

/** Calls the API until it is cancelled after 0.4 s, and tells how late that was heard of. */
const UNTIL_CANCELLED: Readonly<Record<string, string>> = {
  javascript: `
    const service = new ApiService(createClient(process.env));
    for (let round = 0; round < 3; round += 1) {
      const controller = new AbortController();
      let at = 0;
      setTimeout(() => controller.abort(new Error("over"), (at = performance.now())), 400);
      try {
        for (;;) await service.get("1", { signal: controller.signal });
      } catch (error) {
        const { message } = error.cause ?? error;
        console.log(JSON.stringify({ message, late: performance.now() - at }));
      }
    }
    process.exit();`,
  python: `
import os
logging.disable(logging.CRITICAL)
service = ApiService(ApiClient(os.environ))
for _ in range(3):
    event, at = threading.Event(), time.monotonic() + 0.4
    threading.Timer(0.4, event.set).start()
    try:
        with cancelled_by(event):
            while True:
                service.get("1")
    except ApiError as error:
        late = (time.monotonic() - at) * 1000
        print(json.dumps({"message": str(error), "late": late}))
`,
};

/** One of two callers is cancelled while both wait for the same token. */
const ONE_OF_TWO: Readonly<Record<string, string>> = {
  javascript: `
    const service = new ApiService(createClient(process.env));
    const signal = AbortSignal.timeout(100);
    const calls = [service.get("1", { signal }), service.get("1")];
    const [first, second] = await Promise.allSettled(calls);
    console.log(JSON.stringify({ first: first.status, second: second.status }));`,
  python: `
import os
from concurrent.futures import ThreadPoolExecutor
service, event = ApiService(ApiClient(os.environ)), threading.Event()
def first():
    with cancelled_by(event):
        return service.get("1")
with ThreadPoolExecutor() as threads:
    one = threads.submit(first)
    time.sleep(0.1)
    two = threads.submit(service.get, "1")
    event.set()
    told = ["rejected" if call.exception() else "fulfilled" for call in (one, two)]
    print(json.dumps({"first": told[0], "second": told[1]}))
`,
};

/** Another client in the place of the real one. */
const FAKE: Readonly<Record<string, string>> = {
  javascript: `
    const request = async (method, path) => ({ data: { id: \`\${method} \${path}\` } });
    async function* paginate({ query }) {
      yield { id: query.state };
      throw new Error("nobody asked for more");
    }
    const service = new ApiService({ request, paginate });
    console.log(JSON.stringify(await service.get("a/b")));
    for await (const item of service.list({ query: { state: "open" } })) {
      console.log(JSON.stringify(item));
      break;
    }
    await service.get("..").catch(({ kind }) => console.log(JSON.stringify({ kind })));`,
  python: `
class Fake:
    def request(self, method, path, **options):
        return Answer({"id": f"{method} {path}"}, {}, path)

    def paginate(self, path=PATH, **params):
        yield {"id": params["state"]}
        raise AssertionError("nobody asked for more")

service = ApiService(Fake())
print(json.dumps(service.get("a/b")))
print(json.dumps(next(service.list(state="open"))))
try:
    service.get("..")
except ApiError as error:
    print(json.dumps({"kind": error.kind}))
`,
};

/** Log lines go to the product's logger. */
const LOGGED: Readonly<Record<string, string>> = {
  javascript: `
    logTo((level, message, { status }) => console.log(JSON.stringify({ level, status })));
    await new ApiService(createClient(process.env)).get("1");`,
  python: `
import os
class Product(logging.Handler):
    def emit(self, record):
        status = json.loads(record.args[1])["status"]
        print(json.dumps({"level": record.levelname[:4].lower(), "status": status}))
LOGGER.addHandler(Product())
ApiService(ApiClient(os.environ)).get("1")
`,
};

/** Writes an item, whose first attempt fails. */
const CREATED: Readonly<Record<string, string>> = {
  javascript: `
    const service = new ApiService(createClient(process.env));
    console.log(JSON.stringify(await service.create({ name: "One" }, { key: "k-1" })));`,
  python: `
import os
logging.disable(logging.CRITICAL)
print(json.dumps(ApiService(ApiClient(os.environ)).create({"name": "One"}, "k-1")))
`,
};

/** Gets an item, and tells of it or of the error. */
const GOT: Readonly<Record<string, string>> = {
  javascript: `
    const told = await new ApiService(createClient(process.env)).get("1").catch(
      ({ kind, message }) => ({ kind, message }),
    );
    console.log(JSON.stringify(told));`,
  python: `
import os
logging.disable(logging.CRITICAL)
try:
    told = ApiService(ApiClient(os.environ)).get("1")
except ApiError as error:
    told = {"kind": error.kind, "message": str(error)}
print(json.dumps(told))
`,
};

/** Reads the counters after a call. */
const COUNTED: Readonly<Record<string, string>> = {
  javascript: `
    logTo(() => {});
    await new ApiService(createClient(process.env)).get("1");
    console.log(JSON.stringify(metrics.summary()));`,
  python: `
import os
logging.disable(logging.CRITICAL)
ApiService(ApiClient(os.environ)).get("1")
print(json.dumps(METRICS.summary()))
`,
};

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
