/**
 * Tries every client that the catalog can make in every conformance scenario that applies to it.
 * It takes hours. `node scripts/verify.mjs --language python --behaviour 29` tries a part.
 */
import { build } from "esbuild";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { esbuildCatalog } from "./catalog-module.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const bundle = join(root, ".cache", "verify.mjs");

await build({
  entryPoints: [join(root, "test/conformance/verify.ts")],
  outfile: bundle,
  bundle: true,
  platform: "node",
  format: "esm",
  plugins: [esbuildCatalog()],
  logLevel: "error",
});
/** @type {unknown} */
const imported = await import(bundle);
const { verify } = /** @type {typeof import("../test/conformance/verify.js")} */ (imported);
process.exitCode = await verify(process.argv.slice(2), join(root, "test/conformance/drivers"));
