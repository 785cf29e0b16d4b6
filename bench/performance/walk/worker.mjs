/**
 * Walks pages with a client whenever it is told to: `node worker.mjs CLIENT`, and on stdin a walk a
 * line. It lasts for many walks, so that none pays for a start.
 */
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/**
 * @typedef {import("../walkers.js").Walk} Walk
 * @typedef {import("../walkers.js").Walked} Walked
 * @typedef {{ id: number }} Item
 * @typedef {object} Client
 * @property {() => AsyncIterable<Item>} [paginate]
 * @property {(use: (record: Item) => void) => Promise<void>} [each] where there is no `paginate`
 */

setFlagsFromString("--expose-gc");
/** @type {unknown} */
const gc = runInNewContext("gc");
const collectGarbage = /** @type {() => void} */ (gc);
const [, , file = ""] = process.argv;
/** @type {unknown} */
const imported = await import(pathToFileURL(file).href);
const { createClient } =
  /** @type {{ createClient: (config: Record<string, string>) => Client }} */ (imported);
/** @type {Map<string, Client>} */
const clients = new Map();

/** @param {string} base */
function clientOf(base) {
  const client = clients.get(base) ?? createClient({ API_BASE_URL: base, API_TOKEN: "a-token" });
  clients.set(base, client);
  return client;
}

/** @param {Walk} walk @returns {Promise<Walked>} */
async function run({ base, pauseMs = 0, sampleAt = [] }) {
  const client = clientOf(base);
  /** @type {import("../walkers.js").Memory[]} */
  const memory = [];
  let pages = 0;
  let records = 0;
  const use = (/** @type {Item} */ { id }) => {
    records += 1;
    if (id === 0) pages += 1;
  };
  const cpu = process.cpuUsage();
  const startedAt = performance.now();
  if (client.each) await client.each(use);
  for await (const record of client.paginate?.() ?? []) {
    use(record);
    if (record.id > 0) continue;
    if (pauseMs > 0) await sleep(pauseMs);
    if (sampleAt.includes(pages)) memory.push({ pages, ...(await memoryNow()) });
  }
  const ms = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(cpu);
  return { pages, records, ms, cpuMs: (user + system) / 1000, memory };
}

/** Without what could be let go. */
async function memoryNow() {
  collectGarbage();
  await sleep(1); // finalizers run
  collectGarbage();
  const { rss, heapUsed, external } = process.memoryUsage();
  return { rss, heap: heapUsed + external };
}

for await (const line of createInterface({ input: process.stdin })) {
  /** @type {unknown} */
  const walk = JSON.parse(line);
  console.log(JSON.stringify(await run(/** @type {Walk} */ (walk))));
}
