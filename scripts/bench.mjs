/**
 * Measures generated clients beside what people would use instead, and the extension; writes
 * `docs/performance.md` and its plots. It takes an hour on a machine that does nothing else.
 *
 *     node scripts/bench.mjs                  all sections, and the documents
 *     node scripts/bench.mjs limiter faults   these, and no documents
 *     node scripts/bench.mjs --quick pages    a short try, and no documents
 */
import { build } from "esbuild";
import { setMaxListeners } from "node:events";
import { mkdir } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { format } from "prettier";
import { readArguments } from "./arguments.mjs";
import { esbuildCatalog } from "./catalog-module.mjs";
import { run } from "./setup/process.mjs";
import { ensurePython } from "./setup/python.mjs";
import { ensureVega } from "./setup/vega.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
/** As deep as the scripts, for what they find beside themselves. */
const bundles = join(root, ".cache", "bench");
const docs = join(root, "docs");
/** In the order of the document; each is a file in `bench/performance/`. */
const SECTIONS = ["pages", "delays", "memory", "limiter", "faults", "extension"];

/**
 * @typedef {typeof import("../bench/performance/program.js")} Program
 * @typedef {import("../bench/performance/section.js").Measure} Measure
 * @typedef {import("../bench/performance/section.js").Section} Section
 */

/** @param {readonly string[]} names */
async function bundle(names) {
  await build({
    entryPoints: ["program", ...names].map((name) => join(root, "bench/performance", `${name}.ts`)),
    outdir: bundles,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    packages: "external",
    // Node wants the name of the file.
    alias: { "handlebars/runtime": "handlebars/runtime.js" },
    platform: "node",
    format: "esm",
    plugins: [esbuildCatalog()],
    logLevel: "error",
  });
}

/** @param {string} name @returns {Promise<unknown>} */
function importBundle(name) {
  return import(pathToFileURL(join(bundles, `${name}.mjs`)).href);
}

/** @returns {Promise<Record<string, string>>} of what generated clients run on */
async function findVersions() {
  const program =
    "import platform, requests; print(platform.python_version(), requests.__version__)";
  const found = await ensurePython(["requests"])
    .then((python) => run(python, ["-c", program]))
    .catch(() => "none none");
  const [python = "", requests = ""] = found.trim().split(" ");
  return { "Node.js": process.versions.node, Python: python, requests };
}

/**
 * @param {Program} program
 * @param {readonly Section[]} sections
 * @param {AbortSignal} signal
 */
async function writeDocuments({ documents, replaceTogether }, sections, signal) {
  const vega = await ensureVega().catch((/** @type {unknown} */ error) => String(error));
  const [draw, without] = typeof vega === "string" ? [undefined, vega] : [vega, undefined];
  const files = await documents(sections, await findVersions(), draw, without);
  const report = files["performance.md"] ?? "";
  const filepath = join(docs, "performance.md");
  const formatted = await format(report, { filepath, printWidth: 100 });
  await mkdir(docs, { recursive: true });
  if (signal.aborted) return 130;
  const isPlot = (/** @type {string} */ name) => /^performance-.*\.svg$/.test(name);
  await replaceTogether(docs, bundles, { ...files, "performance.md": formatted }, isPlot);
  console.log(`Wrote ${relative(root, filepath)}`);
  if (without) console.log(`Without plots: ${without}`);
  return 0;
}

/**
 * @param {string[]} args
 * @returns what they ask for, or the line that says what is wrong with them
 */
function askedBy(args) {
  const options = /** @type {const} */ ({ quick: { type: "boolean", default: false } });
  const given = readArguments({ args, allowPositionals: true, options });
  if (typeof given === "string") return `${given} Sections: ${SECTIONS.join(", ")}.`;
  const { values, positionals } = given;
  const unknown = positionals.filter((name) => !SECTIONS.includes(name));
  if (unknown.length === 0) return { isQuick: values.quick, positionals };
  return `There is no section ${unknown.join(", ")}. Sections: ${SECTIONS.join(", ")}.`;
}

/** @param {string[]} args */
async function main(args) {
  const asked = askedBy(args);
  if (typeof asked === "string") {
    console.error(asked);
    return 64;
  }
  const { isQuick, positionals } = asked;
  const names = positionals.length > 0 ? positionals : SECTIONS;
  await bundle(names);
  const program = /** @type {Program} */ (await importBundle("program"));
  const stopping = new AbortController();
  setMaxListeners(0, stopping.signal); // every process that a section starts listens
  // A second Ctrl-C ends it as if this weren't here.
  const stop = () => {
    stopping.abort();
  };
  process.once("SIGINT", stop).once("SIGTERM", stop);
  const { sections, failed } = await program.runSections(names, {
    root,
    signal: stopping.signal,
    isQuick,
    load: async (name) => /** @type {{ measure: Measure }} */ (await importBundle(name)).measure,
    print: async (markdown) => {
      console.log(`\n${await format(markdown, { parser: "markdown", printWidth: 100 })}`);
    },
    say: console.log,
  });
  if (stopping.signal.aborted) return 130;
  const isWhole = positionals.length === 0 && !isQuick;
  const code = isWhole ? await writeDocuments(program, sections, stopping.signal) : 0;
  return code || (failed.length > 0 ? 1 : 0);
}

process.exitCode = await main(process.argv.slice(2));
