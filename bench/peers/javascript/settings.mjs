/** What all peers are told alike; the defaults are those of a generated client. */
export const {
  auth,
  path,
  itemsField,
  pageSize,
  maxPages,
  maxAttempts,
  baseDelayMs,
  maxDelayMs,
  maxRetryAfterMs,
  timeoutMs,
  maxBodyBytes,
  transientStatuses,
} = {
  auth: "bearer", // or "api-key-header", "api-key-query"
  path: "/v1/items",
  itemsField: "items", // empty: the page is the array
  pageSize: 100,
  maxPages: 10_000,
  maxAttempts: 5,
  baseDelayMs: 500,
  maxDelayMs: 20_000,
  maxRetryAfterMs: 120_000,
  timeoutMs: 30_000,
  maxBodyBytes: 50_000_000,
  transientStatuses: [408, 429, 500, 502, 503, 504],
  ...JSON.parse(process.env.PEER_SETTINGS ?? "{}"),
};

/** The credentials that are current, in the place where the API wants them. */
export function credentials(config) {
  if (auth === "bearer") return { headers: { authorization: `Bearer ${config.API_TOKEN}` } };
  if (auth === "api-key-header") return { headers: { "x-api-key": config.API_KEY } };
  return { query: { api_key: config.API_KEY } };
}

export const recordsOf = (page) => (itemsField === "" ? page : page[itemsField]);

/** All records, for the clients that have no loop over cursors. */
export async function* walk(request, { signal } = {}) {
  let cursor;
  do {
    const query = { limit: pageSize, ...(cursor && { cursor }) };
    const { data } = await request("GET", path, { query, signal });
    yield* recordsOf(data);
    cursor = data.next_cursor;
  } while (cursor);
}
