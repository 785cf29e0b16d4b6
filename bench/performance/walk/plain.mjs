// The least that reads all records: no time limit, no retries, no check of what comes.
/** @typedef {{ items: { id: number }[], next_cursor: string | null }} Page */

/** @param {Record<string, string>} config @param {() => AbortSignal} [limit] of a request */
export function createClient(config, limit) {
  async function* paginate() {
    const url = new URL(`${config.API_BASE_URL}/v1/items?limit=100`);
    const headers = { accept: "application/json", authorization: `Bearer ${config.API_TOKEN}` };
    for (;;) {
      const response = await fetch(url, { headers, signal: limit?.() ?? null });
      if (!response.ok) throw new Error(`${url.pathname} answered ${response.status}`);
      const page = /** @type {Page} */ (await response.json());
      yield* page.items;
      if (!page.next_cursor) return;
      url.searchParams.set("cursor", page.next_cursor);
    }
  }

  return { paginate };
}
