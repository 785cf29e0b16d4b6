import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Contender, GENERATED, PLAIN } from "../../../bench/performance/clients.js";
import { Field } from "../../../bench/performance/rounds.js";
import type { Bench } from "../../../bench/performance/section.js";
import { Server, Walker } from "../../../bench/performance/walkers.js";

const root = process.cwd();
/** A client that can walk, once. */
const ONCE = `
import { createClient as createPlain } from ${JSON.stringify(join(root, "bench/performance/walk/plain.mjs"))};
let walks = 0;
export function createClient(config) {
  const { paginate } = createPlain(config);
  return {
    paginate() {
      walks += 1;
      if (walks > 1) throw new Error("no file /home/someone/got.js");
      return paginate();
    },
  };
}
`;

let bench: Bench;
let once: string;
const said: string[] = [];

beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), "bench-test-"));
  once = join(folder, "once.mjs");
  await writeFile(once, ONCE);
  said.length = 0;
  const { signal } = new AbortController();
  bench = { root, folder, signal, isQuick: true, say: (text) => said.push(text) };
});

afterEach(() => rm(bench.folder, { recursive: true }));

/** A plain loop, and one of the name that fails in the second round. */
async function race(name: string) {
  const plain = join(root, "bench/performance/walk/plain.mjs");
  const all: Contender[] = [
    { language: "javascript", name: PLAIN, file: plain },
    { language: "javascript", name, file: once },
  ];
  const server = await Server.start(bench);
  const ready = all.map((contender) => ({
    contender,
    walker: new Walker(contender, server, bench),
  }));
  try {
    const field = new Field({ all, versions: {} }, ready, bench);
    const pagesOf = () => ({ pages: 2, size: 100 });
    const first = await field.race({ rounds: 3, warmUps: 0, pagesOf });
    return { first, second: await field.race({ rounds: 1, warmUps: 0, pagesOf }) };
  } finally {
    for (const { walker } of ready) walker.stop();
    server.stop();
  }
}

test("one that fails isn't run any more, for a reason that is told, and the others go on", async () => {
  const { first, second } = await race("got.paginate");
  expect(first.map(({ walks }) => walks.length)).toEqual([3, 0]);
  expect(first[0]).toMatchObject({ missing: undefined, shares: [1, 1, 1] });
  expect(first[1]).toMatchObject({ missing: "once.mjs ended: Error: no file got.js", shares: [] });
  expect(said.join()).toContain("FAILED got.paginate");
  expect(second.map(({ walks }) => walks.length)).toEqual([1, 0]);
  expect(second[1]?.missing).toBe(first[1]?.missing);
});

test("without a generated client there is nothing to tell", async () => {
  await expect(race(GENERATED)).rejects.toThrow("no file");
});
