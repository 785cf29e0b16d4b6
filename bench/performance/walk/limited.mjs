// The plain loop with the time limit of a request that a generated client has, too.
import { createClient as createPlain } from "./plain.mjs";

/** @param {Record<string, string>} config */
export function createClient(config) {
  return createPlain(config, () => AbortSignal.timeout(30_000));
}
