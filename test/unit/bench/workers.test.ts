import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Api } from "../../../bench/performance/load/api.js";
import { runTeam } from "../../../bench/performance/load/workers.js";
import type { Bench } from "../../../bench/performance/section.js";

const PYTHON = process.platform === "win32" ? "python" : "python3";
/** The first call of a client takes long, as one that loads and connects does. */
const SLOW_MS = 1500;
const SLOW_AT_FIRST = {
  javascript: `
export class SomeBucket { async take() {} }
export function createClient({ API_BASE_URL }) {
  const limiter = new SomeBucket();
  let calls = 0;
  return {
    async request(method, path) {
      calls += 1;
      await limiter.take();
      if (calls === 1) await new Promise((resolve) => setTimeout(resolve, ${SLOW_MS}));
      await fetch(API_BASE_URL + path);
    },
  };
}
`,
  python: `
import time, urllib.request

class SomeBucket:
    def take(self, deadline): pass

class ApiClient:
    def __init__(self, config):
        self._base, self._limiter, self._calls = config["API_BASE_URL"], SomeBucket(), 0

    def request(self, method, path):
        self._calls += 1
        self._limiter.take(0)
        if self._calls == 1:
            time.sleep(${SLOW_MS / 1000})
        urllib.request.urlopen(self._base + path).read()
`,
};

let bench: Bench;
let api: Api;

beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), "bench-test-"));
  const { signal } = new AbortController();
  bench = { root: process.cwd(), folder, signal, isQuick: true, say: () => undefined };
  api = await Api.start(bench);
});

afterEach(async () => {
  api.stop();
  await rm(bench.folder, { recursive: true });
});

test.each(["javascript", "python"] as const)(
  "a worker in %s is warm when it begins, and what made it so doesn't count",
  async (language) => {
    const file = join(bench.folder, language === "python" ? "client.py" : "client.mjs");
    await writeFile(file, SLOW_AT_FIRST[language]);
    const part = { address: api.address("some"), clients: 2, callers: 1, operations: 3 };
    const python = language === "python" ? PYTHON : undefined;
    const services = [{ name: "some" }];
    const [worked] = await runTeam(bench, [{ file, python, parts: [part] }], () =>
      api.open(services),
    );
    const operations = worked?.operations[0] ?? [];
    expect(operations.map(([, , , isOk]) => isOk)).toEqual(Array.from({ length: 6 }, () => true));
    expect(Math.max(...operations.map(([, from, until]) => until - from))).toBeLessThan(SLOW_MS);
    expect(worked?.admitted).toHaveLength(6);
    expect(await api.close("some")).toHaveLength(6);
  },
);
