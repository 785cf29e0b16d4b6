/** Makes calls with an imported client: `node driver.mjs FILE CALLS`; outcomes as JSON lines. */
import { getEventListeners } from "node:events";
import { syncBuiltinESMExports } from "node:module";
import timers from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

const { setTimeout: sleep } = timers;

/**
 * What the driver needs of a generated file.
 * @typedef {{
 *   ApiError: new (kind: string, message: string, details: object) => Error,
 *   createClient: (config: NodeJS.ProcessEnv) => {
 *     request: (method: string, path: string, init: object) => Promise<{ data: unknown }>,
 *     write: (method: string, path: string, init: object) => Promise<{ data: unknown }>,
 *     paginate: () => AsyncIterable<unknown>,
 *   },
 *   withRetries: (attempt: () => never, repeatable: boolean, operation: object) => Promise<never>,
 * }} Client
 * @typedef {import("../scenario.js").Call} Call
 * @typedef {import("../scenario.js").Outcome} Outcome
 */

const [, , file = "", plan = "[]"] = process.argv;
/** @type {unknown} */
const imported = await import(pathToFileURL(file).href);
const { ApiError, createClient, withRetries } = /** @type {Client} */ (imported);
const config = { ...process.env };
const client = createClient(config);
const shared = new AbortController();

/** @param {() => unknown} action @param {AbortSignal} [signal] @returns {Promise<Outcome>} */
async function outcome(action, signal) {
  const startedAt = performance.now();
  const ms = () => Math.round(performance.now() - startedAt);
  try {
    return { ok: true, value: await action(), ms: ms() };
  } catch (error) {
    const { kind, name, message } = /** @type {Error & { kind?: string }} */ (error);
    // Node tells an abort by the reason of the signal or by an error of its own.
    const isAbort = signal?.aborted && ["AbortError", "TimeoutError"].includes(name);
    return { ok: false, kind: isAbort ? "aborted" : (kind ?? name), message, ms: ms() };
  }
}

/** JSON has no undefined, which is as good as null. @param {Readonly<Record<string, unknown>>} [options] */
function withoutNull(options = {}) {
  return Object.fromEntries(Object.entries(options).map(([name, one]) => [name, one ?? undefined]));
}

/** @param {Extract<Call, { do: "request" }>} call @param {number} index */
function request({ method = "GET", path = "/v1/items", abort, ...call }, index) {
  const own = abort?.index === index ? AbortSignal.timeout(abort.afterMs) : undefined;
  const query = call.staggerMs === undefined ? call.query : { ...call.query, n: index };
  const { json } = call;
  const given = { query: withoutNull(query), headers: call.headers };
  const init = { json, ...given, signal: own ?? shared.signal };
  return outcome(async () => (await client.request(method, path, init)).data, own);
}

/** @param {Extract<Call, { do: "request" }>} call */
async function requests(call) {
  /** @type {Promise<Outcome>[]} */
  const made = [];
  for (let index = 0; index < (call.times ?? 1); index += 1) {
    const last = request(call, index);
    made.push(last);
    if (call.staggerMs === undefined) await last;
    else if (call.staggerMs > 0) await sleep(call.staggerMs);
  }
  return Promise.all(made);
}

/** Walks, and stops after so many records. @param {number} count */
async function take(count) {
  let records = 0;
  for await (const record of client.paginate()) {
    if (record !== undefined) records += 1;
    if (records === count) break;
  }
  return records;
}

/** @param {number} stepMs @param {boolean} [isMonotonic] */
function stepClock(stepMs, isMonotonic) {
  const clock = isMonotonic ? performance : Date;
  const now = clock.now.bind(clock);
  clock.now = () => now() + stepMs;
}

/** Operations that only ever fail. @param {number} operations */
async function backoffs(operations, status = 503) {
  timers.setTimeout = /** @type {typeof sleep} */ (() => Promise.resolve()); // the log tells them
  syncBuiltinESMExports();
  const fail = () => {
    throw new ApiError("unavailable", "on purpose", { transient: true, status });
  };
  const operation = { deadline: performance.now() + 60_000 };
  const made = Array.from({ length: operations }, () => withRetries(fail, true, operation));
  await Promise.allSettled(made);
  timers.setTimeout = sleep;
  syncBuiltinESMExports();
}

/** An attempt that a mistake ends. */
async function bug() {
  let attempts = 0;
  const fail = () => {
    attempts += 1;
    throw new TypeError("on purpose");
  };
  const { kind: error } = await outcome(() => withRetries(fail, true, { deadline: Infinity }));
  return { attempts, error };
}

/** In bytes: what is in use, without garbage, and the most that the process has had. */
function memory() {
  setFlagsFromString("--expose-gc");
  /** @type {unknown} */
  const collect = runInNewContext("gc");
  /** @type {() => void} */ (collect)();
  const { heapUsed, external } = process.memoryUsage();
  return { used: heapUsed + external, peak: process.resourceUsage().maxRSS * 1024 };
}

/** @param {Call} call @returns {Promise<readonly Outcome[]>} */
async function perform(call) {
  switch (call.do) {
    case "request":
      return requests(call);
    case "write": {
      const { json, key } = call;
      const write = async () => (await client.write("POST", "/v1/items", { json, key })).data;
      return [await outcome(write)];
    }
    case "take":
      return [await outcome(() => take(call.count))];
    case "wait":
      await sleep(call.ms);
      return [];
    case "set":
      setTimeout(() => Object.assign(config, call.config), call.afterMs);
      return [];
    case "clock":
      stepClock(call.stepMs, call.isMonotonic);
      return [];
    case "backoffs":
      await backoffs(call.operations, call.status);
      return [];
    case "bug":
      return [await outcome(bug)];
    case "memory":
      return [await outcome(memory)];
    case "upload":
      throw new Error("There is nothing but JSON to send");
    case "listeners":
      return [await outcome(() => getEventListeners(shared.signal, "abort").length)];
  }
}

for (const call of /** @type {Call[]} */ (JSON.parse(plan))) {
  for (const result of await perform(call)) console.log(JSON.stringify(result));
}
