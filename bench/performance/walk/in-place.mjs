// The plain loop with the work inside it: no record is handed over.
/** @param {Record<string, string>} config */
export function createClient(config) {
  /** @param {(record: { id: number }) => void} use */
  async function each(use) {
    const url = new URL(`${config.API_BASE_URL}/v1/items?limit=100`);
    const headers = { accept: "application/json", authorization: `Bearer ${config.API_TOKEN}` };
    for (;;) {
      const response = await fetch(url, { headers });
      if (!response.ok) throw new Error(`${url.pathname} answered ${response.status}`);
      const page = /** @type {import("./plain.mjs").Page} */ (await response.json());
      for (const record of page.items) use(record);
      if (!page.next_cursor) return;
      url.searchParams.set("cursor", page.next_cursor);
    }
  }

  return { each };
}
