// undici with its RetryAgent; an interceptor below it gives each attempt the credentials that are
// current; the loop over cursors is one's own:
// https://github.com/nodejs/undici/blob/v7.30.2/docs/docs/api/RetryAgent.md
// https://github.com/nodejs/undici/blob/v7.30.2/docs/docs/api/Dispatcher.md#dispatchercomposeinterceptors-interceptor
import { Agent, RetryAgent } from "undici";
import * as settings from "./settings.mjs";

export function createClient(config) {
  const { timeoutMs } = settings;
  const agent = new Agent({
    connect: { timeout: timeoutMs },
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
  });
  const withCredentials = (dispatch) => (options, handler) => {
    const { headers, query } = settings.credentials(config);
    const own = {
      headers: { ...options.headers, ...headers },
      query: { ...options.query, ...query },
    };
    return dispatch({ ...options, ...own }, handler);
  };
  const client = new RetryAgent(agent.compose(withCredentials), {
    maxRetries: settings.maxAttempts - 1,
    statusCodes: settings.transientStatuses,
    minTimeout: settings.baseDelayMs,
    maxTimeout: settings.maxRetryAfterMs, // of a Retry-After, too
  });

  async function request(method, path, { json, headers, query, signal } = {}) {
    const { origin, pathname } = new URL(config.API_BASE_URL);
    const { statusCode, body } = await client.request({
      method,
      origin,
      path: pathname.replace(/\/$/, "") + path,
      query,
      headers: { ...(json && { "content-type": "application/json" }), ...headers },
      body: json && JSON.stringify(json),
      signal,
    });
    const text = await body.text();
    if (statusCode >= 300) {
      const message = `${method} ${path} answered ${statusCode}: ${text.slice(0, 200)}`;
      throw Object.assign(new Error(message), { statusCode });
    }
    return { data: text === "" ? null : JSON.parse(text) };
  }

  return { request, paginate: (call) => settings.walk(request, call) };
}
