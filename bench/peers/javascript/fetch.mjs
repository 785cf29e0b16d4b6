// A plain loop around fetch, as tutorials write it: it retries what may be a fault of the moment,
// doubles the wait, and obeys a Retry-After in seconds.
import { setTimeout as sleep } from "node:timers/promises";
import * as settings from "./settings.mjs";

async function attempt(url, init, signal) {
  const limit = AbortSignal.timeout(settings.timeoutMs);
  const response = await fetch(url, {
    ...init,
    signal: signal ? AbortSignal.any([signal, limit]) : limit,
  });
  const text = await response.text();
  if (response.ok) return { data: text === "" ? null : JSON.parse(text) };
  const message = `${init.method} ${url.pathname} answered ${response.status}: ${text.slice(0, 200)}`;
  throw Object.assign(new Error(message), { status: response.status, headers: response.headers });
}

function isTransient(error) {
  return error.status === undefined
    ? error.name === "TypeError" || error.name === "TimeoutError" // fetch failed, or took too long
    : settings.transientStatuses.includes(error.status);
}

export function createClient(config) {
  async function request(method, path, { json, headers, query = {}, signal } = {}) {
    for (let made = 1; ; made += 1) {
      try {
        const { headers: own, query: key } = settings.credentials(config);
        const url = new URL(config.API_BASE_URL + path);
        for (const [name, value] of Object.entries({ ...query, ...key })) {
          url.searchParams.set(name, value);
        }
        const type = json && { "content-type": "application/json" };
        const init = {
          method,
          headers: { ...type, ...headers, ...own },
          body: JSON.stringify(json),
        };
        return await attempt(url, init, signal);
      } catch (error) {
        if (made >= settings.maxAttempts || !isTransient(error)) throw error;
        const backoff = Math.min(settings.maxDelayMs, settings.baseDelayMs * 2 ** (made - 1));
        const after = Number(error.headers?.get("retry-after")) * 1000;
        await sleep(after || Math.random() * backoff, undefined, { signal });
      }
    }
  }

  return { request, paginate: (call) => settings.walk(request, call) };
}
