/**
 * Serves pages that are ready to be sent, as fast as Node.js can, so that it is the client that a
 * walk waits for. The base URL says what it serves: `/PAGES/SIZE/DELAY_MS` so many pages, of so many
 * records each, each after a delay. A page tells of the next by a cursor and by a header Link.
 */
import { createServer } from "node:http";

/** The start of every page of a size. @type {Map<number, Buffer>} */
const starts = new Map();

/** The first record of a page has the id 0. @param {number} size */
function startOf(size) {
  const records = Array.from({ length: size }, (_, id) => ({
    id,
    name: `Record ${id}`,
    email: `someone.${id}@example.com`,
    createdAt: "2026-01-31T12:00:00Z",
    tags: ["one", "two"],
    isActive: id % 2 === 0,
  }));
  const start = Buffer.from(`{"items":${JSON.stringify(records)},"next_cursor":`);
  starts.set(size, start);
  return start;
}

const server = createServer(({ url = "", headers }, response) => {
  const { pathname, searchParams } = new URL(url, `http://${headers.host ?? ""}`);
  const [pages = 0, size = 0, delayMs = 0] = pathname.split("/").slice(1, 4).map(Number);
  const next = Number(searchParams.get("cursor") ?? searchParams.get("page") ?? 1) + 1;
  const hasMore = next <= pages;
  searchParams.set("page", String(next));
  const link = `<http://${headers.host ?? ""}${pathname}?${String(searchParams)}>; rel="next"`;
  const end = Buffer.from(hasMore ? `"${next}"}` : "null}");
  const body = Buffer.concat([starts.get(size) ?? startOf(size), end]);
  const answer = () => {
    response.writeHead(200, {
      "content-type": "application/json; charset=utf-8",
      "content-length": body.length,
      ...(hasMore ? { link } : {}),
    });
    response.end(body);
  };
  if (delayMs > 0) setTimeout(answer, delayMs);
  else answer();
});
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => {
  console.log(JSON.stringify(server.address()));
});
// Nobody is left to serve.
process.stdin.once("end", () => process.exit()).resume();
