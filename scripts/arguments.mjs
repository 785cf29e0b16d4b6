import { parseArgs } from "node:util";

/**
 * What the command line of a script gives, or the line that says what is wrong with it.
 * @template {import("node:util").ParseArgsConfig} T
 * @param {T} config
 * @returns {ReturnType<typeof parseArgs<T>> | string}
 */
export function readArguments(config) {
  try {
    return parseArgs(config);
  } catch (error) {
    const [first] = /** @type {Error} */ (error).message.split(/\. |\n/);
    return `${first}. Options: --${Object.keys(config.options ?? {}).join(", --")}.`;
  }
}
