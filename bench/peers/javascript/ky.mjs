// ky, with its own retries; the loop over cursors is one's own:
// https://github.com/sindresorhus/ky/blob/v1.14.3/readme.md#retry
import ky from "ky";
import * as settings from "./settings.mjs";

export function createClient(config) {
  const client = ky.create({
    prefixUrl: config.API_BASE_URL,
    timeout: settings.timeoutMs,
    retry: {
      limit: settings.maxAttempts - 1,
      delay: (attempt) => settings.baseDelayMs * 2 ** (attempt - 1),
      backoffLimit: settings.maxDelayMs,
      jitter: true,
      maxRetryAfter: settings.maxRetryAfterMs,
      retryOnTimeout: true,
    },
  });

  async function request(method, path, { json, headers, query, signal } = {}) {
    const { headers: own, query: key } = settings.credentials(config);
    const response = await client(path.slice(1), {
      method,
      json,
      headers: { ...headers, ...own },
      searchParams: { ...query, ...key },
      signal,
    });
    const text = await response.text();
    return { data: text === "" ? null : JSON.parse(text) };
  }

  return { request, paginate: (call) => settings.walk(request, call) };
}
