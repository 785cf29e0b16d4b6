// got, with its own retries and its own pagination by Link headers; its hook gives each attempt at the
// API's origin the credentials that are current:
// https://github.com/sindresorhus/got/blob/v14.6.6/documentation/7-retry.md
// https://github.com/sindresorhus/got/blob/v14.6.6/documentation/4-pagination.md
// https://github.com/sindresorhus/got/blob/v14.6.6/documentation/9-hooks.md#beforerequest
import got from "got";
import * as settings from "./settings.mjs";

export function createClient(config) {
  const client = got.extend({
    prefixUrl: config.API_BASE_URL,
    hooks: {
      beforeRequest: [
        ({ url, headers }) => {
          if (url.origin !== new URL(config.API_BASE_URL).origin) return;
          const { headers: own, query: key = {} } = settings.credentials(config);
          Object.assign(headers, own);
          for (const [name, value] of Object.entries(key)) url.searchParams.set(name, value);
        },
      ],
    },
    timeout: { request: settings.timeoutMs },
    retry: {
      limit: settings.maxAttempts - 1,
      statusCodes: settings.transientStatuses,
      backoffLimit: settings.maxDelayMs,
      maxRetryAfter: settings.maxRetryAfterMs,
    },
  });

  async function request(method, path, { json, headers, query, signal } = {}) {
    const options = { method, json, headers, searchParams: query, signal };
    const { body } = await client(path.slice(1), options);
    return { data: body === "" ? null : JSON.parse(body) };
  }

  function paginate({ signal } = {}) {
    return client.paginate(settings.path.slice(1), {
      searchParams: { per_page: settings.pageSize },
      signal,
      responseType: "json",
      pagination: {
        transform: ({ body }) => settings.recordsOf(body),
        requestLimit: settings.maxPages,
        stackAllItems: false,
      },
    });
  }

  return { request, paginate };
}
