/** How long clients take to render, beside reading the same texts from files. */
import { build } from "esbuild";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { catalog } from "virtual:catalog";
import { run } from "../../../scripts/setup/process.mjs";
import { loadCatalog } from "../../../src/catalog/load.js";
import { recipesOf, renderer } from "../../../test/catalog/support/samples.js";
import type { Bench } from "../section.js";
import { scripts } from "./packages.js";

/** Milliseconds. */
export interface RenderTimes {
  /** To load the code and render a client, in a new process; one number for each process. */
  readonly first: readonly number[];
  /** To check all manifests, which the build does. */
  readonly check: readonly number[];
  /** Of each plain client, where others were rendered before; and its text from a file. */
  readonly render: readonly number[];
  readonly read: readonly number[];
  /** Of all clients. */
  readonly bytes: number;
}

export async function measureRenders(bench: Bench): Promise<RenderTimes> {
  const { esbuildCatalog, readTemplates } = await scripts(bench.root);
  const bundle = join(bench.folder, "cold.mjs");
  await build({
    entryPoints: [join(bench.root, "bench/performance/editor/cold.ts")],
    outfile: bundle,
    bundle: true,
    minify: true,
    platform: "node",
    format: "esm",
    logLevel: "error",
    plugins: [esbuildCatalog()],
  });
  const files = readTemplates();
  const first: number[] = [];
  const check: number[] = [];
  for (let round = 0; round < (bench.isQuick ? 2 : 10); round += 1) {
    bench.signal.throwIfAborted();
    first.push(await firstClient(bundle));
    check.push(timed(() => loadCatalog(files)));
  }
  return { first, check, ...plainClients(bench) };
}

async function firstClient(bundle: string): Promise<number> {
  const program =
    `const startedAt = performance.now(); ` +
    `const { firstClient } = await import(${JSON.stringify(pathToFileURL(bundle).href)}); ` +
    `firstClient(); console.log(performance.now() - startedAt);`;
  return Number(await run(process.execPath, ["--input-type=module", "--eval", program]));
}

/** In turns, one client after the other. */
function plainClients({ folder, isQuick }: Bench): Omit<RenderTimes, "first" | "check"> {
  const all = catalog.languages.flatMap((language) => recipesOf(language));
  const clients = isQuick ? all.filter((_, index) => index % 20 === 0) : all;
  const render: number[] = [];
  const read: number[] = [];
  let bytes = 0;
  for (const [index, { recipe }] of clients.entries()) {
    const file = join(folder, `client-${index}`);
    let text = "";
    render.push(timed(() => (text = renderer.file(recipe).text)));
    writeFileSync(file, text);
    read.push(timed(() => readFileSync(file, "utf8")));
    bytes += Buffer.byteLength(text);
  }
  return { render, read, bytes };
}

function timed(action: () => unknown): number {
  const startedAt = performance.now();
  action();
  return performance.now() - startedAt;
}
