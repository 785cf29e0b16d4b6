// octokit with its plugins for retries and for pagination by Link headers:
// https://github.com/octokit/plugin-retry.js/blob/v8.1.1/README.md
// https://github.com/octokit/plugin-paginate-rest.js/blob/v16.0.0/README.md
// A strategy of its own gives each attempt at the API's origin the credentials that are current, as
// octokit's say "token" where this API says "Bearer":
// https://github.com/octokit/core.js/blob/v7.0.8/README.md#authentication
import { Octokit } from "@octokit/core";
import { paginateRest } from "@octokit/plugin-paginate-rest";
import { retry } from "@octokit/plugin-retry";
import * as settings from "./settings.mjs";

/** Its defaults, and what else is no fault of the moment. */
const FINAL = [400, 401, 403, 404, 405, 409, 410, 422, 451, 501, 505];

/** `fetch` with a time limit: https://github.com/octokit/request.js#request */
function limitedFetch(url, options) {
  const signals = [AbortSignal.timeout(settings.timeoutMs), options.signal].filter(Boolean);
  return fetch(url, { ...options, signal: AbortSignal.any(signals) });
}

function authStrategy({ config }) {
  const hook = (request, options) => {
    const base = new URL(config.API_BASE_URL);
    const isWhole = URL.canParse(options.url); // and not a path below the base
    const url = new URL(isWhole ? options.url : base.href.replace(/\/$/, "") + options.url);
    if (url.origin !== base.origin) return request(options);
    const { headers, query = {} } = settings.credentials(config);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    return request({ ...options, url: url.href, headers: { ...options.headers, ...headers } });
  };
  return Object.assign(() => Promise.resolve({}), { hook });
}

export function createClient(config) {
  const octokit = new (Octokit.plugin(retry, paginateRest))({
    baseUrl: config.API_BASE_URL,
    authStrategy,
    auth: { config },
    request: { fetch: limitedFetch },
    retry: {
      retries: settings.maxAttempts - 1,
      retryAfterBaseValue: settings.baseDelayMs,
      doNotRetry: FINAL,
    },
  });

  async function request(method, path, { json, headers, query, signal } = {}) {
    const url = query ? `${path}?${new URLSearchParams(query)}` : path;
    const { data } = await octokit.request({
      method,
      url,
      headers,
      data: json,
      request: { signal },
    });
    return { data };
  }

  async function* paginate({ signal } = {}) {
    const first = { per_page: settings.pageSize, request: { signal } };
    for await (const { data } of octokit.paginate.iterator(`GET ${settings.path}`, first)) {
      yield* settings.recordsOf(data);
    }
  }

  return { request, paginate };
}
