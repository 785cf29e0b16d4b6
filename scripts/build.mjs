/** Bundles the extension, for both of its hosts, and the command line into `dist/`. */
import { build } from "esbuild";
import { chmod, rm, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { esbuildCatalog } from "./catalog-module.mjs";
import { esbuildVerified } from "./verified-module.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
export const DIST = join(root, "dist");

/** Handlebars evaluates code in its compiler; only its runtime may ship. */
const COMPILER = /\/handlebars\/(dist\/cjs|lib)\/handlebars\/compiler\//;

/** Packages in CommonJS that end up in an ES module still call `require`. */
const REQUIRE =
  'import { createRequire as makeRequire } from "node:module"; const require = makeRequire(import.meta.url);';

/** @type {import("esbuild").BuildOptions[]} */
const BUNDLES = [
  {
    entryPoints: ["src/extension/extension.ts"],
    outfile: "dist/extension.js",
    format: "cjs",
    platform: "node",
    target: "node20",
    external: ["vscode"],
  },
  {
    entryPoints: ["src/extension/extension.ts"],
    outfile: "dist/extension.web.js",
    format: "cjs",
    platform: "browser",
    target: "es2022",
    external: ["vscode"],
  },
  {
    entryPoints: ["src/cli/main.ts"],
    outfile: "dist/cli.mjs",
    format: "esm",
    platform: "node",
    target: "node20",
    banner: { js: `#!/usr/bin/env node\n${REQUIRE}` },
  },
];

/**
 * Builds one bundle, and refuses one that could evaluate templates.
 * @param {import("esbuild").BuildOptions} options
 * @returns {Promise<string>} the path of the bundle
 */
export async function bundle(options) {
  const { metafile } = await build({
    bundle: true,
    minify: true,
    absWorkingDir: root,
    logLevel: "warning",
    plugins: [esbuildCatalog(), esbuildVerified()],
    ...options,
    metafile: true,
  });
  const compiler = Object.keys(metafile.inputs).find((path) => COMPILER.test(`/${path}`));
  if (compiler !== undefined) throw new Error(`${options.outfile} would ship ${compiler}`);
  return join(root, String(options.outfile));
}

/** @returns {Promise<string[]>} the paths of all bundles */
export async function buildAll() {
  await rm(DIST, { recursive: true, force: true });
  const files = await Promise.all(BUNDLES.map(bundle));
  await chmod(join(DIST, "cli.mjs"), 0o755);
  return files;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const file of await buildAll()) {
    const { size } = await stat(file);
    console.log(`${basename(file).padEnd(16)} ${(size / 1024).toFixed(0).padStart(5)} KB`);
  }
}
