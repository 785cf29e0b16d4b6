/**
 * Writes the editor snippets of every language into `snippets/`, from the same templates as the
 * clients, and what the README takes from the catalog. `--check` writes nothing, and fails where a
 * file is not what it would write.
 */
import { build } from "esbuild";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { esbuildCatalog } from "./catalog-module.mjs";
import { readReadme } from "./readme.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const FOLDER = "snippets";

/** What is needed of the core, which is TypeScript. */
const ENTRY = `
export { catalog, parts } from "virtual:catalog";
export { Renderer } from "./src/render/renderer.ts";
`;

/**
 * @typedef {import("../src/catalog/catalog.js").Catalog} Catalog
 * @typedef {import("../src/catalog/catalog.js").Language} Language
 * @typedef {import("../src/render/renderer.js").Renderer} Renderer
 */

/**
 * @typedef {object} Core
 * @property {Catalog} catalog
 * @property {import("../src/render/renderer.js").Parts} parts
 * @property {typeof import("../src/render/renderer.js").Renderer} Renderer
 */

async function importCore() {
  const { outputFiles } = await build({
    stdin: { contents: ENTRY, resolveDir: root },
    bundle: true,
    write: false,
    format: "esm",
    platform: "node",
    plugins: [esbuildCatalog()],
  });
  const code = Buffer.from(outputFiles[0]?.contents ?? []).toString("base64");
  /** @type {unknown} */
  const core = await import(`data:text/javascript;base64,${code}`);
  return /** @type {Core} */ (core);
}

/**
 * One file of snippets, as the editor reads it.
 * @param {Catalog} catalog
 * @param {Renderer} renderer
 * @param {Language} language
 */
function snippetFile(catalog, renderer, language) {
  const entries = catalog.groups.flatMap((group) =>
    group.blocks.flatMap((block) => {
      if (!block.snippet || !block.languages.includes(language.name)) return [];
      const text = renderer.blockSnippet(block, language).trimEnd();
      const { prefix, description } = block.snippet;
      const snippet = { prefix, body: text.split("\n"), description };
      return [/** @type {const} */ ([`${group.title}: ${block.title}`, snippet])];
    }),
  );
  return `${JSON.stringify(Object.fromEntries(entries), undefined, 2)}\n`;
}

/** @returns {Promise<Record<string, string>>} the text of each file, by its path from the root */
async function generatedFiles() {
  const { catalog, parts, Renderer } = await importCore();
  const renderer = new Renderer(catalog, parts);
  /** @type {[string, string][]} */
  const snippets = catalog.languages.map((language) => [
    `${FOLDER}/${language.name}.code-snippets`,
    snippetFile(catalog, renderer, language),
  ]);
  const { expected } = await readReadme();
  return Object.fromEntries([...snippets, ["README.md", expected]]);
}

/** @returns {Promise<string[]>} the paths of files that differ from what the templates say */
export async function driftedFiles() {
  const drifted = [];
  for (const [path, text] of Object.entries(await generatedFiles())) {
    const present = await readFile(join(root, path), "utf8").catch(() => undefined);
    if (present !== text) drifted.push(path);
  }
  return drifted;
}

async function writeFiles() {
  await mkdir(join(root, FOLDER), { recursive: true });
  for (const [path, text] of Object.entries(await generatedFiles())) {
    await writeFile(join(root, path), text);
  }
}

async function check() {
  const drifted = await driftedFiles();
  for (const path of drifted) {
    console.error(`${path} is not what the templates say; run: npm run snippets`);
  }
  process.exitCode = drifted.length > 0 ? 1 : 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await (process.argv.includes("--check") ? check() : writeFiles());
}
