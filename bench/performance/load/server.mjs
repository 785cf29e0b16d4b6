/**
 * An API in a process of its own, which writes down when each request arrived and can fail. A
 * service is addressed as `/NAME/CLIENT/…/OPERATION`.
 */
import { createHash } from "node:crypto";
import { createServer } from "node:http";
import { now } from "./clock.mjs";

/**
 * @typedef {object} Service
 * @property {string} name letters, digits and hyphens
 * @property {number} [faultRate] the share of requests that fail
 * @property {number} [draw] another number makes other requests fail
 * @property {{ from: number, until: number }} [outage] when all of them fail
 * @property {number} [capacity] requests per second; those that are too many fail
 *
 * @typedef {readonly [at: number, client: number, status: number]} Entry the status 0 is a reset
 *
 * @typedef {object} Running
 * @property {Service} service
 * @property {Entry[]} log
 * @property {Map<string, number>} attempts by client and operation
 * @property {{ room: number, at: number }} load
 */

/** For so long a service can take more than its capacity. */
const BUFFER_S = 0.1;

/** @type {Map<string, Running>} */
const services = new Map();

/**
 * Two numbers from 0 to 1 for an attempt. They are the same for all clients that are compared:
 * each meets the same faults, however it goes on.
 * @param {string} attempt
 */
function chance(attempt) {
  const digest = createHash("sha256").update(attempt).digest();
  return [digest.readUInt32BE(0) / 2 ** 32, digest.readUInt32BE(4) / 2 ** 32];
}

/** @param {Running} running @param {number} at */
function isOverloaded({ service: { capacity }, load }, at) {
  if (capacity === undefined) return false;
  load.room = Math.min(capacity * BUFFER_S, load.room + ((at - load.at) * capacity) / 1000);
  load.at = at;
  if (load.room < 1) return true;
  load.room -= 1;
  return false;
}

/**
 * What is answered; 0 is a connection that is reset.
 * @param {Running} running @param {string} operation @param {number} at
 */
function statusOf(running, operation, at) {
  const { service, attempts } = running;
  const attempt = (attempts.get(operation) ?? 0) + 1;
  attempts.set(operation, attempt);
  const [fault = 0, kind = 0] = chance(`${service.draw ?? 0} ${operation} ${attempt}`);
  const isOut = service.outage && at >= service.outage.from && at < service.outage.until;
  if (isOut || fault < (service.faultRate ?? 0)) return kind < 0.5 ? 503 : 0;
  return isOverloaded(running, at) ? 503 : 200;
}

const server = createServer({ keepAliveTimeout: 120_000 }, (request, response) => {
  const at = now();
  const [, name = "", client = "", operation = ""] =
    /^\/([\w-]+)\/(\d+)\/.*?(\d+)$/.exec(request.url ?? "") ?? [];
  const running = services.get(name);
  const status = running ? statusOf(running, `${client} ${operation}`, at) : 200;
  running?.log.push([at, Number(client), status]);
  if (status === 0) {
    request.socket.resetAndDestroy();
    return;
  }
  response.writeHead(status, { "Content-Type": "application/json" });
  response.end(JSON.stringify(status === 200 ? { items: [{ id: 1 }] } : { status }));
});

server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  process.send?.(typeof address === "object" ? address?.port : undefined);
});

// Each message is answered: services that begin, or the name of one to end.
process.on("message", (/** @type {Service[] | string} */ message) => {
  if (typeof message === "string") {
    process.send?.(services.get(message)?.log);
    services.delete(message);
    return;
  }
  for (const service of message) {
    const load = { room: 0, at: now() };
    services.set(service.name, { service, log: [], attempts: new Map(), load });
  }
  process.send?.(true);
});
process.on("disconnect", () => process.exit());
