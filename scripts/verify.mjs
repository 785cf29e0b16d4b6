/**
 * Runs every client that the catalog can make against a server that misbehaves, and writes what it
 * found to `docs/`. It takes half an hour or more; what passed is kept in `.cache/verify/`, so that
 * the next run goes on where this one was ended, and runs only what has changed.
 *
 *     node scripts/verify.mjs                                    all clients, and the documents
 *     node scripts/verify.mjs --language python --behaviour 29   a part, and no documents
 *     node scripts/verify.mjs --exhaustive                       all in every scenario: a day or more
 *     node scripts/verify.mjs --shard 2/3                        a third, for one of three machines
 *     node scripts/verify.mjs --check                            are the documents up to date?
 *     node scripts/verify.mjs --report                           the report anew, without a run
 */
import { build } from "esbuild";
import { mkdir, readFile, readdir } from "node:fs/promises";
import { arch, type } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { format } from "prettier";
import { esbuildCatalog } from "./catalog-module.mjs";
import { replaceDocument } from "./document.mjs";
import { writeReadme } from "./readme.mjs";
import { run } from "./setup/process.mjs";
import { ensurePython } from "./setup/python.mjs";
import { ensureRedis } from "./setup/redis.mjs";
import { readVerified } from "./verified-module.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const cache = join(root, ".cache", "verify");
const CONFORMANCE = "test/conformance";
const SCENARIOS = `${CONFORMANCE}/scenarios`;
/** What these do shows in the rendered file, by which runs are told apart anyway. */
const RENDERS = /^(catalog:|src\/render\/|src\/catalog\/)/;

/**
 * What the bundle exports: the program, and each module of scenarios.
 * @typedef {Pick<typeof import("../test/conformance/verify.js"), "verify" | "askedBy">
 *   & Pick<typeof import("../test/conformance/counts.js"), "countAll">
 *   & Pick<typeof import("../test/conformance/report.js"), "report">
 *   & Pick<typeof import("../test/conformance/plan.js"), "plan">
 *   & Pick<typeof import("../test/conformance/store.js"), "hashOf">
 *   & Pick<typeof import("../test/conformance/recipes.js"), "allTexts">
 *   & { modules: Record<string, Record<string, unknown>> }} Program
 * @typedef {import("../test/conformance/scenario.js").Scenario} Scenario
 */

/** Bundles the program, and tells which files each of them imports. */
async function bundleProgram() {
  const modules = (await readdir(join(root, SCENARIOS))).filter((name) => name.endsWith(".ts"));
  const lines = [
    `export { verify, askedBy } from "./verify.ts"; export { countAll } from "./counts.ts";`,
    `export { report } from "./report.ts"; export { hashOf } from "./store.ts";`,
    `export { allTexts } from "./recipes.ts"; export { plan } from "./plan.ts";`,
    ...modules.map((name, at) => `import * as m${at} from "./scenarios/${name}";`),
    `export const modules = {${modules.map((name, at) => `"${SCENARIOS}/${name}": m${at}`).join()}};`,
  ];
  const outfile = join(cache, "program.mjs");
  const { metafile } = await build({
    stdin: { contents: lines.join("\n"), resolveDir: join(root, CONFORMANCE), loader: "ts" },
    outfile,
    absWorkingDir: root,
    bundle: true,
    metafile: true,
    platform: "node",
    format: "esm",
    plugins: [esbuildCatalog()],
    logLevel: "error",
  });
  /** @type {unknown} */
  const imported = await import(pathToFileURL(outfile).href);
  return { program: /** @type {Program} */ (imported), inputs: metafile.inputs };
}

/**
 * A file and all that it imports, however far.
 * @param {import("esbuild").Metafile["inputs"]} inputs
 * @param {string} path
 * @param {Set<string>} found
 */
function closure(inputs, path, found = new Set()) {
  if (found.has(path) || RENDERS.test(path)) return found;
  found.add(path);
  for (const { path: next, external } of inputs[path]?.imports ?? []) {
    if (!external) closure(inputs, next, found);
  }
  return found;
}

/**
 * What a run of each scenario depends on, beside the client: the files, and the versions.
 * @param {Program} program
 * @param {import("esbuild").Metafile["inputs"]} inputs
 * @param {Record<string, string>} versions
 * @returns {Promise<Map<Scenario, string>>}
 */
async function fingerprints({ modules, hashOf }, inputs, versions) {
  const drivers = await readdir(join(root, CONFORMANCE, "drivers"), { withFileTypes: true });
  const common = [
    ...drivers
      .filter((entry) => entry.isFile())
      .map(({ name }) => `${CONFORMANCE}/drivers/${name}`),
    ...closure(inputs, `${CONFORMANCE}/harness.ts`),
  ];
  /** @type {Map<Scenario, string>} */
  const found = new Map();
  for (const [path, exported] of Object.entries(modules)) {
    const files = [...new Set([...common, ...closure(inputs, path)])].sort();
    const texts = await Promise.all(files.map((file) => readFile(join(root, file), "utf8")));
    const hash = hashOf(JSON.stringify(versions), ...texts);
    for (const scenario of Object.values(exported).flat()) {
      found.set(/** @type {Scenario} */ (scenario), hash);
    }
  }
  return found;
}

/** @returns {Promise<Record<string, string>>} of what clients run on */
async function findVersions() {
  const program =
    "import json, platform, redis, requests, urllib3; print(json.dumps({'Python': " +
    "platform.python_version(), **{module.__name__: module.__version__ for module in " +
    "(requests, urllib3, redis)}}))";
  const { redis, ...others } = texts(await run(await ensurePython(), ["-c", program]));
  const manifest = fileURLToPath(import.meta.resolve("redis/package.json"));
  const { version } = texts(await readFile(manifest, "utf8"));
  const server = /v=(\S+)/.exec(await run(await ensureRedis(), ["--version"]))?.[1];
  return {
    "Node.js": process.versions.node,
    ...others,
    "redis-server": server ?? "unknown",
    "redis (JavaScript)": version ?? "unknown",
    "redis (Python)": redis ?? "unknown",
    [type()]: arch(),
  };
}

/** @param {string} json */
function texts(json) {
  const read = /** @type {unknown} */ (JSON.parse(json));
  return /** @type {Record<string, string>} */ (read);
}

/** @param {string[]} args */
async function main(args) {
  await mkdir(cache, { recursive: true });
  const { program, inputs } = await bundleProgram();
  const asked = program.askedBy(args);
  if (typeof asked === "string") {
    console.error(asked);
    return 64;
  }
  const clients = program.hashOf(...program.allTexts());
  if (asked.action === "check") return check(clients);
  if (asked.action === "report") return reportAnew(program);
  const versions = await findVersions();
  const prints = await fingerprints(program, inputs, versions);
  const { results, isWhole, isInterrupted } = await program.verify(asked, {
    drivers: join(root, CONFORMANCE, "drivers"),
    store: cache,
    fingerprint: (scenario) => prints.get(scenario) ?? "",
  });
  const failed = results.filter(({ failure }) => failure !== undefined).length;
  if (isWhole) {
    const date = new Date().toISOString().slice(0, 10);
    const { isExhaustive } = asked;
    const counts = program.countAll(results, { date, clients, versions, isExhaustive });
    await writeDocument("verified.json", JSON.stringify(counts));
    await writeDocument("verified.md", program.report(counts, results));
    await writeReadme();
  }
  console.log(`${results.length - failed} passed, ${failed} failed`);
  if (isInterrupted) return 130;
  return failed > 0 || results.length === 0 ? 1 : 0;
}

/** @param {string} name @param {string} text */
async function writeDocument(name, text) {
  const file = join(root, "docs", name);
  await replaceDocument(file, await format(text, { filepath: file, printWidth: 100 }), cache);
  console.log(`Wrote ${relative(root, file)}`);
}

/**
 * Where all passed, what was planned is what was found; the counts tell whether it still is.
 * @param {Program} program
 */
async function reportAnew({ plan, countAll, report }) {
  const verified = readVerified();
  const results = plan(verified?.isExhaustive ?? false);
  if (!verified || JSON.stringify(countAll(results, verified)) !== JSON.stringify(verified)) {
    console.log("docs/verified.json isn't what would be run now; npm run verify writes it anew.");
    return 1;
  }
  await writeDocument("verified.md", report(verified, results));
  return 0;
}

/** @param {string} clients */
function check(clients) {
  const verified = readVerified();
  if (verified?.clients === clients) {
    console.log(`docs/verified.md is about these clients; it is of ${verified.date}.`);
    return 0;
  }
  const reason = verified ? `is about other clients, of ${verified.date}` : "isn't there yet";
  console.log(`docs/verified.md ${reason}; npm run verify writes it anew.`);
  return 1;
}

process.exitCode = await main(process.argv.slice(2));
