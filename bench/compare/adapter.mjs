/**
 * Stands for a generated file before the drivers: gives a peer's errors the names that the judges
 * know, and makes a script of it as anybody would, which prints records and lets errors end it.
 */
import { realpathSync } from "node:fs";

/**
 * @typedef {{ query?: object, json?: unknown, headers?: object, signal?: AbortSignal }} Options
 * @typedef {object} Peer
 * @property {(method: string, path: string, options: Options) => Promise<unknown>} request
 * @property {() => AsyncIterable<unknown>} paginate
 * @typedef {(config: NodeJS.ProcessEnv) => Peer} CreateClient
 * @typedef {Error & { status?: number, statusCode?: number,
 *   response?: { status?: number, statusCode?: number } }} Failure
 */

/** @type {unknown} */
const imported = await import(process.env["PEER_FILE"] ?? "");
const { createClient: create } = /** @type {{ createClient: CreateClient }} */ (imported);

/** What went wrong, in the terms of a generated client. @param {Failure} error */
function kindOf({ name, status, statusCode, response }) {
  const answered = status ?? statusCode ?? response?.status ?? response?.statusCode;
  if (["AbortError", "SyntaxError", "ParseError"].includes(name)) {
    return name === "AbortError" ? name : "protocol";
  }
  if (answered === undefined || answered >= 500 || answered === 408) return "unavailable";
  if (answered === 429) return "later";
  if (answered < 400) return "protocol";
  return answered === 401 || answered === 403 ? "denied" : "failed";
}

/** axios has a name of its own for what was aborted. @param {unknown} error */
function translated(error) {
  const failure = /** @type {Failure} */ (error);
  if (failure.name === "CanceledError") return new DOMException(failure.message, "AbortError");
  // What a driver tells by its name keeps it.
  return ["AbortError", "TimeoutError"].includes(failure.name)
    ? failure
    : Object.assign(failure, { kind: kindOf(failure) });
}

/** @type {CreateClient} */
export function createClient(config) {
  const client = create(config);
  /** @type {Peer["request"]} */
  const request = async (method, path, options) => {
    try {
      return await client.request(method, path, options);
    } catch (error) {
      throw translated(error);
    }
  };
  return { request, paginate: client.paginate };
}

if (realpathSync(process.argv[1] ?? "") === import.meta.filename) {
  for await (const record of create(process.env).paginate()) console.log(JSON.stringify(record));
}
