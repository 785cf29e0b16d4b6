/**
 * Runs generated clients and what people would use instead in the same scenarios, and writes
 * `docs/comparison.md`. It takes ten minutes.
 *
 *     node scripts/compare.mjs                               all, and the document
 *     node scripts/compare.mjs --client got --behaviour 29   a part, and no document
 *
 * `--at-once 4` runs four clients at the same time; three for each core, where not given.
 */
import { build } from "esbuild";
import { readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { format } from "prettier";
import { esbuildCatalog } from "./catalog-module.mjs";
import { replaceDocument } from "./document.mjs";
import { ensurePeers, ensurePeersPython } from "./setup/peers.mjs";
import { run } from "./setup/process.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const cache = join(root, ".cache", "compare");
/** As deep as the scripts, for what they find beside themselves. */
const bundle = join(cache, "program.mjs");
const document = join(root, "docs", "comparison.md");
const PEERS = "bench/peers";

/**
 * @typedef {Pick<typeof import("../bench/compare/compare.js"), "compare" | "askedBy">
 *   & Pick<typeof import("../bench/compare/report.js"), "report">
 *   & Pick<typeof import("../bench/compare/clients.js"), "PEERS">} Program
 * @typedef {import("../bench/compare/report.js").Source} Source
 */

/** @returns {Promise<Program>} */
async function loadProgram() {
  const lines = ["compare", "report", "clients"].map((name) => `export * from "./${name}.ts";`);
  await build({
    stdin: { contents: lines.join("\n"), resolveDir: join(root, "bench/compare"), loader: "ts" },
    outfile: bundle,
    bundle: true,
    platform: "node",
    format: "esm",
    plugins: [esbuildCatalog()],
    logLevel: "error",
  });
  /** @type {unknown} */
  const imported = await import(pathToFileURL(bundle).href);
  return /** @type {Program} */ (imported);
}

/** @param {string} path */
const read = (path) => readFile(join(root, path), "utf8");

/** @param {Program} program @returns {Promise<Source[]>} */
async function findSources(program) {
  const names = (/** @type {string} */ language) =>
    program.PEERS.filter((peer) => peer.language === language);
  const files = [
    ...["settings", ...names("javascript").map(({ name }) => name)].map(
      (name) => `${PEERS}/javascript/${name}.mjs`,
    ),
    ...["settings", ...names("python").map(({ name }) => name)].map(
      (name) => `${PEERS}/python/${name}.py`,
    ),
    ...["bench/compare/adapter.mjs", "bench/compare/adapter.py"],
  ];
  return Promise.all(
    files.map(async (path) => ({
      title: path,
      language: path.endsWith(".py") ? "python" : "js",
      text: await read(path),
    })),
  );
}

/** @param {string[]} args */
async function main(args) {
  const program = await loadProgram();
  const asked = program.askedBy(args);
  if (typeof asked === "string") {
    console.error(asked);
    return 64;
  }
  const stopping = new AbortController();
  // A second Ctrl-C ends it as if this weren't here.
  const stop = () => {
    stopping.abort();
  };
  process.once("SIGINT", stop).once("SIGTERM", stop);
  try {
    return await compareAndWrite(program, asked, stopping.signal);
  } catch (error) {
    if (stopping.signal.aborted) return 130;
    throw error;
  }
}

/**
 * @param {Program} program
 * @param {import("../bench/compare/compare.js").Asked} asked
 * @param {AbortSignal} signal
 */
async function compareAndWrite(program, asked, signal) {
  console.log("Installing what people would use instead");
  const javascript = await ensurePeers({ signal });
  const python = await ensurePeersPython({ signal });
  const installed = {
    packages: join(javascript.folder, "node_modules"),
    python: python.python,
    missing: { ...javascript.missing, ...python.missing },
  };
  const setting = {
    peers: {
      javascript: join(javascript.folder, "javascript"),
      python: join(root, PEERS, "python"),
    },
    adapters: {
      javascript: await read("bench/compare/adapter.mjs"),
      python: await read("bench/compare/adapter.py"),
    },
    signal,
  };
  const drivers = join(root, "test/conformance/drivers");
  const { found, isWhole } = await program.compare(asked, drivers, installed, setting);
  if (signal.aborted) return 130;
  const pythonVersion = await run(python.python, ["--version"]).catch(() => "none");
  const text = program.report(found, {
    date: new Date().toISOString().slice(0, 10),
    versions: {
      "Node.js": process.versions.node,
      ...javascript.versions,
      Python: pythonVersion.replace("Python", "").trim(),
      ...python.versions,
    },
    sources: isWhole ? await findSources(program) : [],
  });
  const formatted = await format(text, { filepath: document, printWidth: 100 });
  if (isWhole) {
    await replaceDocument(document, formatted, cache);
    console.log(`Wrote ${relative(root, document)}`);
  } else {
    console.log(`\n${formatted}`);
  }
  return 0;
}

process.exitCode = await main(process.argv.slice(2));
