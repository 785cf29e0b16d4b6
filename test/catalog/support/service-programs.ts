/** Programs of a product that use the service, by language. */

/** Calls the API until it is cancelled after 0.4 s, and tells how late that was heard of. */
export const UNTIL_CANCELLED: Readonly<Record<string, string>> = {
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
export const ONE_OF_TWO: Readonly<Record<string, string>> = {
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

/** The first of two callers, 1.85 s apart, runs out of time while both wait for the same token. */
export const EARLY_AND_LATE: Readonly<Record<string, string>> = {
  javascript: `
    const service = new ApiService(createClient(process.env));
    const early = service.get("1");
    await Promise.race([early, delay(1850)]);
    const [first, second] = await Promise.allSettled([early, service.get("1")]);
    console.log(JSON.stringify({ first: first.reason?.kind, second: second.status }));`,
  python: `
import os
from concurrent.futures import ThreadPoolExecutor
service = ApiService(ApiClient(os.environ))
with ThreadPoolExecutor() as threads:
    early = threads.submit(service.get, "1")
    time.sleep(1.85)
    late = threads.submit(service.get, "1")
    second = "rejected" if late.exception() else "fulfilled"
    print(json.dumps({"first": getattr(early.exception(), "kind", None), "second": second}))
`,
};

/** Another client in the place of the real one. */
export const FAKE: Readonly<Record<string, string>> = {
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
print(json.dumps(next(service.list_items(state="open"))))
try:
    service.get("..")
except ApiError as error:
    print(json.dumps({"kind": error.kind}))
`,
};

/** A method more in the class, which speaks of a list. */
export const WITH_A_METHOD_MORE = `
import inspect
exec(inspect.getsource(ApiService) + """
    def names(self) -> list[str]:
        return [item["name"] for item in self.list_items()]
""")
print(json.dumps({"returns": str(ApiService.names.__annotations__["return"])}))
`;

/** Log lines go to the product's logger. */
export const LOGGED: Readonly<Record<string, string>> = {
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
export const CREATED: Readonly<Record<string, string>> = {
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
export const GOT: Readonly<Record<string, string>> = {
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
export const COUNTED: Readonly<Record<string, string>> = {
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
