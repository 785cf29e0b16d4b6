/** Makes calls with an imported client: `node driver.mjs FILE CALLS`; outcomes as JSON lines. */
import { getEventListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";

/** @typedef {Record<string, any>} Call one of `Call` in scenario.ts */

const [, , file = "", plan = "[]"] = process.argv;
const { ApiError, createClient, withRetries } = await import(pathToFileURL(file).href);
const config = { ...process.env };
const client = createClient(config);
const shared = new AbortController();

/** @param {() => unknown} action */
async function outcome(action) {
  const startedAt = performance.now();
  const ms = () => Math.round(performance.now() - startedAt);
  try {
    return { ok: true, value: await action(), ms: ms() };
  } catch (error) {
    const { kind, name, message } = /** @type {Error & { kind?: string }} */ (error);
    return { ok: false, kind: kind ?? name, message, ms: ms() };
  }
}

/** @param {Call} call @param {number} index */
function request({ method = "GET", path = "/v1/items", abort, ...call }, index) {
  const own = abort?.index === index ? AbortSignal.timeout(abort.afterMs) : undefined;
  const init = { json: call.json, headers: call.headers, signal: own ?? shared.signal };
  const query = call.staggerMs === undefined ? call.query : { ...call.query, n: index };
  return outcome(async () => (await client.request(method, path, { ...init, query })).data);
}

/** @type {Record<string, (call: Call) => Promise<object[]>>} */
const DO = {
  async request(call) {
    const outcomes = [];
    for (let index = 0; index < (call.times ?? 1); index += 1) {
      const made = request(call, index);
      outcomes.push(call.staggerMs === undefined ? await made : made);
      if (call.staggerMs) await sleep(call.staggerMs);
    }
    return Promise.all(outcomes);
  },

  async take({ count }) {
    const taken = await outcome(async () => {
      let records = 0;
      for await (const _ of client.paginate()) if (++records === count) break;
      return records;
    });
    return [taken];
  },

  async wait({ ms }) {
    await sleep(ms);
    return [];
  },

  async set({ config: changes, afterMs }) {
    void sleep(afterMs).then(() => Object.assign(config, changes));
    return [];
  },

  async clock({ stepMs }) {
    const now = Date.now;
    Date.now = () => now() + stepMs;
    return [];
  },

  async backoffs({ operations, status }) {
    const fail = () => {
      throw new ApiError("unavailable", "on purpose", { transient: true, status });
    };
    const operation = { deadline: performance.now() + 60_000 };
    const made = Array.from({ length: operations }, () => withRetries(fail, true, operation));
    await Promise.allSettled(made);
    return [];
  },

  async listeners() {
    return [await outcome(() => getEventListeners(shared.signal, "abort").length)];
  },
};

for (const call of /** @type {Call[]} */ (JSON.parse(plan))) {
  for (const result of (await DO[call["do"]]?.(call)) ?? []) console.log(JSON.stringify(result));
}
