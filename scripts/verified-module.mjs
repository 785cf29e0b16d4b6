/**
 * What `npm run verify` found, for the extension: the module `virtual:verified` holds the counts
 * of each option. Before the first run it is empty.
 */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const file = fileURLToPath(new URL("../docs/verified.json", import.meta.url));
const VIRTUAL = "virtual:verified";

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

/** @returns {import("esbuild").Plugin} */
export function esbuildVerified() {
  return {
    name: "verified",
    setup(bundler) {
      bundler.onResolve({ filter: /^virtual:verified$/ }, ({ path }) => ({
        path,
        namespace: "verified",
      }));
      bundler.onLoad({ filter: /.*/, namespace: "verified" }, () => ({
        contents: verifiedModule(),
        loader: "js",
      }));
    },
  };
}

/** @returns {import("vite").Plugin} */
export function verifiedPlugin() {
  return {
    name: "verified",
    resolveId: (id) => (id === VIRTUAL ? `\0${VIRTUAL}` : undefined),
    load: (id) => (id === `\0${VIRTUAL}` ? verifiedModule() : undefined),
  };
}
