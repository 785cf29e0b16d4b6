/**
 * What `npm run verify` found, for the extension: the module `virtual:verified` holds the counts
 * of each option. Before the first run it is empty.
 */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { esbuildVirtual, viteVirtual } from "./virtual-module.mjs";

const file = fileURLToPath(new URL("../docs/verified.json", import.meta.url));

/** @typedef {import("../test/conformance/counts.js").Counts} Counts */

/** @returns {Counts | undefined} */
export function readVerified() {
  if (!existsSync(file)) return undefined;
  const counts = /** @type {unknown} */ (JSON.parse(readFileSync(file, "utf8")));
  return /** @type {Counts} */ (counts);
}

/** The text of the module: `verified`, the counts by option and language. */
function verifiedModule() {
  return `export const verified = ${JSON.stringify(readVerified()?.options ?? {})};\n`;
}

const module = { name: "verified", text: verifiedModule };

export const esbuildVerified = () => esbuildVirtual(module);
export const verifiedPlugin = () => viteVirtual(module);
