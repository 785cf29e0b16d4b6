/**
 * Makes calls with the clients of a file, and tells when they began and how they ended:
 * `node worker.mjs PLAN`. It says `ready`, then waits for the time to start at.
 */
import { once } from "node:events";
import { setTimeout as delay, setImmediate as turn } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { now } from "./clock.mjs";

/**
 * What `worker.py` is given, too.
 * @typedef {object} Plan
 * @property {string} file of the client
 * @property {readonly Part[]} parts which go on at the same time
 * @property {number} [seconds] when it ends, whatever is under way; once all is done by default
 *
 * @typedef {object} Part
 * @property {string} address of the service
 * @property {number} clients
 * @property {number} callers of each client
 * @property {number} [operations] of each client; no end by default
 * @property {number} [pauseMs] of a caller between two operations; they begin spread over it
 *
 * @typedef {readonly [caller: number, from: number, until: number, isOk: boolean]} Operation
 *
 * @typedef {object} Worked
 * @property {readonly (readonly Operation[])[]} operations that ended, of each part
 * @property {readonly number[]} admitted when the clients' limiter let calls go
 * @property {number} lateMs how late the latest of many short waits ended
 *
 * @typedef {object} Client
 * @property {(method: string, path: string) => Promise<unknown>} request
 *
 * @typedef {object} Limiter
 * @property {(operation: object) => Promise<void>} take
 */

const WAIT_MS = 10;

/** @type {unknown} */
const given = JSON.parse(process.argv[2] ?? "");
const { file, parts, seconds } = /** @type {Plan} */ (given);
/** @type {unknown} */
const imported = await import(pathToFileURL(file).href);
const { createClient } = /** @type {{ createClient: (config: NodeJS.ProcessEnv) => Client }} */ (
  imported
);
/** @type {number[]} */
const admitted = [];

/** @param {Limiter} limiter */
function watch(limiter) {
  const { take } = limiter;
  limiter.take = async function (operation) {
    await take.call(this, operation);
    admitted.push(now());
  };
}

const exported = Object.entries(/** @type {Record<string, { prototype: Limiter }>} */ (imported));
for (const [name, value] of exported) if (name.endsWith("Bucket")) watch(value.prototype);

let lateMs = 0;
/** What the machine adds to every wait. */
async function watchWaits() {
  for (;;) {
    const due = now() + WAIT_MS;
    await delay(WAIT_MS);
    lateMs = Math.max(lateMs, now() - due);
  }
}

/**
 * A client of a part, with its callers.
 * @param {Client} client @param {number} number @param {Part} part @param {Operation[]} done
 */
async function callAll(client, number, part, done) {
  const { clients, callers, operations = Infinity, pauseMs = 0 } = part;
  let asked = 0;
  const call = async (/** @type {number} */ caller) => {
    if (pauseMs > 0) await delay((pauseMs * caller) / (clients * callers));
    while (asked < operations) {
      const from = now();
      const isOk = await client.request("GET", `/v1/items/${++asked}`).then(
        () => true,
        () => false,
      );
      done.push([caller, from, now(), isOk]);
      if (pauseMs > 0) await delay(pauseMs);
    }
  };
  /** @type {Promise<void>[]} */
  const calls = [];
  for (let at = 0; at < callers; at += 1) {
    calls.push(call(number * callers + at));
    await turn(); // else what this one sends would hold up the note of when the next was let go
  }
  await Promise.all(calls);
}

const prepared = parts.map((part) => {
  /** @type {Operation[]} */
  const done = [];
  const clients = Array.from({ length: part.clients }, (_, number) =>
    createClient({ ...process.env, API_BASE_URL: `${part.address}/${number}` }),
  );
  const start = () => clients.map((client, number) => callAll(client, number, part, done));
  return { clients, done, start };
});
// Code is loaded, and each client connected, before the service is there: no call fails, and none
// counts. A limiter lets few calls go at once, so other connections are opened without it.
const { address = "", callers = 0 } = parts[0] ?? {};
await Promise.all(Array.from({ length: callers }, async () => (await fetch(address)).text()));
const all = prepared.flatMap(({ clients }) => clients);
await Promise.all(all.map((client) => client.request("GET", "/v1/items/0")));
admitted.length = 0;
process.stdout.write("ready\n");
process.stdin.once("end", () => process.exit()); // nobody waits for it any more
const line = /** @type {unknown[]} */ (await once(process.stdin, "data"));
await delay(Number(line[0]) - now());
void watchWaits();
const calls = Promise.all(prepared.flatMap(({ start }) => start()));
await (seconds === undefined ? calls : Promise.race([calls, delay(seconds * 1000)]));
/** @type {Worked} */
const worked = { operations: prepared.map(({ done }) => done), admitted, lateMs };
process.stdout.write(`${JSON.stringify(worked)}\n`, () => process.exit());
