// axios with axios-retry; the loop over cursors is one's own:
// https://github.com/softonic/axios-retry/blob/v4.5.0/README.md
// https://axios-http.com/docs/interceptors
import axios from "axios";
import axiosRetry, { exponentialDelay, isNetworkOrIdempotentRequestError } from "axios-retry";
import * as settings from "./settings.mjs";

const IDEMPOTENT = ["get", "head", "options", "put", "delete"];

/** Its default, for other statuses. */
function isTransient(error) {
  const { config, response } = error;
  if (!response) return isNetworkOrIdempotentRequestError(error);
  return IDEMPOTENT.includes(config.method) && settings.transientStatuses.includes(response.status);
}

export function createClient(config) {
  const client = axios.create({
    baseURL: config.API_BASE_URL,
    timeout: settings.timeoutMs,
    maxContentLength: settings.maxBodyBytes,
  });
  client.interceptors.request.use((options) => {
    const { headers = {}, query } = settings.credentials(config);
    for (const [name, value] of Object.entries(headers)) options.headers.set(name, value);
    options.params = { ...options.params, ...query };
    return options;
  });
  axiosRetry(client, {
    retries: settings.maxAttempts - 1,
    retryCondition: isTransient,
    retryDelay: (count, error) => exponentialDelay(count, error, settings.baseDelayMs),
    shouldResetTimeout: true,
  });

  async function request(method, path, { json, headers, query, signal } = {}) {
    const { data } = await client({
      method,
      url: path,
      data: json,
      headers,
      params: query,
      signal,
    });
    return { data };
  }

  return { request, paginate: (call) => settings.walk(request, call) };
}
