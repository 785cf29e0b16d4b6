/**
 * Runs generated clients and what people would use instead in the same scenarios, and writes
 * `docs/comparison.md`. It takes ten minutes.
 *
 *     node scripts/compare.mjs                               all, and the document
 *     node scripts/compare.mjs --client got --behaviour 29   a part, and no document
 */
import { build } from "esbuild";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { format } from "prettier";
import { esbuildCatalog } from "./catalog-module.mjs";
import { ensurePeers, ensurePeersPython } from "./setup/peers.mjs";
import { run } from "./setup/process.mjs";
import { ensurePython } from "./setup/python.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
/** As deep as the scripts, for what they find beside themselves. */
const bundle = join(root, ".cache", "compare", "program.mjs");
const document = join(root, "docs", "comparison.md");
const PEERS = "bench/peers";

/**
 * @typedef {Pick<typeof import("../bench/compare/compare.js"), "compare">
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
  console.log("Installing what people would use instead");
  const javascript = await ensurePeers();
  const peersPython = await ensurePeersPython();
  // A generated client needs requests, whether peers can be had or not.
  const python = peersPython.missing["requests"] ? await ensurePython() : peersPython.python;
  const program = await loadProgram();
  const stopping = new AbortController();
  // A second Ctrl-C ends it as if this weren't here.
  const stop = () => {
    stopping.abort();
  };
  process.once("SIGINT", stop).once("SIGTERM", stop);
  const installed = {
    packages: join(javascript.folder, "node_modules"),
    python,
    missing: { ...javascript.missing, ...peersPython.missing },
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
    signal: stopping.signal,
  };
  const drivers = join(root, "test/conformance/drivers");
  const { found, isWhole } = await program.compare(args, drivers, installed, setting);
  if (stopping.signal.aborted) return 130;
  const pythonVersion = await run(python, ["--version"]);
  const text = program.report(found, {
    date: new Date().toISOString().slice(0, 10),
    versions: {
      "Node.js": process.versions.node,
      ...javascript.versions,
      Python: pythonVersion.replace("Python", "").trim(),
      ...peersPython.versions,
    },
    sources: isWhole ? await findSources(program) : [],
  });
  const formatted = await format(text, { filepath: document, printWidth: 100 });
  if (isWhole) await replace(formatted);
  else console.log(`\n${formatted}`);
  return 0;
}

/** As a whole or not at all. @param {string} text */
async function replace(text) {
  await mkdir(join(root, "docs"), { recursive: true });
  await writeFile(`${document}.part`, text);
  await rename(`${document}.part`, document);
  console.log(`Wrote ${relative(root, document)}`);
}

process.exitCode = await main(process.argv.slice(2));
