/**
 * Builds the catalog from `templates/`: manifests checked, templates precompiled. What ships is
 * the module `virtual:catalog`, so that the extension neither reads nor evaluates a template.
 */
import { build } from "esbuild";
import { readFileSync, readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { templateParts } from "./template-parts.mjs";
import { esbuildVirtual, viteVirtual } from "./virtual-module.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
export const TEMPLATES = join(root, "templates");

/**
 * Every file below a folder: its text, by its path with forward slashes.
 * @param {string} folder
 * @returns {Record<string, string>}
 */
export function readTemplates(folder = TEMPLATES) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  return Object.fromEntries(
    files.map((file) => [relative(folder, file).split(sep).join("/"), readFileSync(file, "utf8")]),
  );
}

/** @returns {Promise<typeof import("../src/catalog/load.js")>} the loader, which is TypeScript */
async function importLoader() {
  const { outputFiles } = await build({
    entryPoints: [join(root, "src/catalog/load.ts")],
    bundle: true,
    write: false,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
  });
  const code = Buffer.from(outputFiles[0]?.contents ?? []).toString("base64");
  const loader = /** @type {unknown} */ (await import(`data:text/javascript;base64,${code}`));
  return /** @type {typeof import("../src/catalog/load.js")} */ (loader);
}

/** @param {Record<string, string>} files */
export async function catalogData(files = readTemplates()) {
  const { loadCatalog } = await importLoader();
  return loadCatalog(files);
}

/**
 * The text of the module: `catalog` (data) and `parts` (precompiled templates by name).
 * @param {Record<string, string>} files
 */
export async function catalogModule(files = readTemplates()) {
  const catalog = await catalogData(files);
  const parts = Object.entries(templateParts(files)).map(
    ([name, part]) => `  ${JSON.stringify(name)}: ${part.precompiled},`,
  );
  return `export const catalog = ${JSON.stringify(catalog)};\nexport const parts = {\n${parts.join("\n")}\n};\n`;
}

const module = { name: "catalog", text: () => catalogModule() };

export const esbuildCatalog = () => esbuildVirtual(module);
export const catalogPlugin = () => viteVirtual(module);
