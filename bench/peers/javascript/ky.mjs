// ky, with its own retries; its hook gives each attempt the credentials that are current; the loop
// over cursors is one's own:
// https://github.com/sindresorhus/ky/blob/v1.14.3/readme.md#retry
// https://github.com/sindresorhus/ky/blob/v1.14.3/readme.md#hooksbeforerequest
import ky from "ky";
import * as settings from "./settings.mjs";

export function createClient(config) {
  const client = ky.create({
    prefixUrl: config.API_BASE_URL,
    timeout: settings.timeoutMs,
    hooks: {
      beforeRequest: [
        (request) => {
          const { headers = {} } = settings.credentials(config);
          for (const [name, value] of Object.entries(headers)) request.headers.set(name, value);
        },
      ],
    },
    retry: {
      limit: settings.maxAttempts - 1,
      statusCodes: settings.transientStatuses,
      delay: (attempt) => settings.baseDelayMs * 2 ** (attempt - 1),
      backoffLimit: settings.maxDelayMs,
      jitter: true,
      maxRetryAfter: settings.maxRetryAfterMs,
      retryOnTimeout: true,
    },
  });

  async function request(method, path, { json, headers, query, signal } = {}) {
    const { query: key } = settings.credentials(config);
    const response = await client(path.slice(1), {
      method,
      json,
      headers,
      searchParams: { ...query, ...key },
      signal,
    });
    const text = await response.text();
    return { data: text === "" ? null : JSON.parse(text) };
  }

  return { request, paginate: (call) => settings.walk(request, call) };
}
