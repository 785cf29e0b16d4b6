/** The packages that are measured: the real one, an empty one, and one with a large catalog. */
import { type Metafile, type Plugin, build } from "esbuild";
import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type * as catalogModule from "../../../scripts/catalog-module.mjs";
import { run } from "../../../scripts/setup/process.mjs";
import { ensurePython } from "../../../scripts/setup/python.mjs";
import type * as verifiedModule from "../../../scripts/verified-module.mjs";
import { esbuildVirtual } from "../../../scripts/virtual-module.mjs";
import { manyTemplates } from "./many.js";
import { FEW, MEASURE } from "./measured.js";

/** Activated by what activates the real one, so that one start measures both. */
const EMPTY = {
  name: "empty",
  publisher: "bench",
  version: "1.0.0",
  engines: { vscode: "^1.100.0" },
  main: "./extension.js",
  activationEvents: ["onView:apiSnippets.catalog"],
};
export const EMPTY_ID = `${EMPTY.publisher}.${EMPTY.name}`;

/** A part of a package or of a bundle. */
export interface Part {
  readonly name: string;
  readonly bytes: number;
  /** In the package, compressed. */
  readonly packed?: number | undefined;
}

type Scripts = typeof catalogModule & typeof verifiedModule;

/** These look beside themselves for the templates and the counts: a bundle stands elsewhere. */
export async function scripts(root: string): Promise<Scripts> {
  const load = (name: string): Promise<object> =>
    import(pathToFileURL(join(root, "scripts", name)).href) as Promise<object>;
  const [catalog, verified] = await Promise.all([
    load("catalog-module.mjs"),
    load("verified-module.mjs"),
  ]);
  return { ...catalog, ...verified } as Scripts;
}

/** As it would be published. */
export async function packReal(root: string, vsix: string): Promise<void> {
  await run("npm", ["run", "package", "--", "--out", vsix], { cwd: root });
}

export async function packEmpty(root: string, folder: string, vsix: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "extension.js"), "exports.activate = () => {};\n");
  await pack(root, folder, EMPTY, vsix);
}

/** The real extension, with a catalog of so many blocks and a command that measures. */
export async function packMany(
  root: string,
  folder: string,
  vsix: string,
  count: number,
): Promise<void> {
  const { catalogData, readTemplates, esbuildVerified } = await scripts(root);
  const files = readTemplates();
  const many = await catalogData(manyTemplates(files, count));
  await mkdir(join(folder, "media"), { recursive: true });
  for (const file of ["package.nls.json", "media/activity-bar.svg"]) {
    await cp(join(root, file), join(folder, file));
  }
  await bundle(root, "bench/performance/editor/host.ts", join(folder, "dist", "extension.js"), [
    esbuildVirtual({ name: "catalog", text: () => moduleOf(many) }),
    esbuildVerified(),
  ]);
  await writeFile(join(folder, FEW), JSON.stringify(await catalogData(files)));
  const manifest = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as Manifest;
  const { commands, ...contributes } = manifest.contributes;
  await pack(
    root,
    folder,
    {
      ...manifest,
      browser: undefined,
      scripts: undefined,
      icon: undefined,
      contributes: {
        ...contributes,
        snippets: undefined,
        walkthroughs: undefined,
        commands: [...commands, MEASURE],
      },
    },
    vsix,
  );
}

interface Manifest {
  readonly contributes: { readonly commands: readonly object[] };
}

/** No part renders them: what is measured shows their names. */
function moduleOf(catalog: unknown): string {
  const json = JSON.stringify(JSON.stringify(catalog));
  return `export const catalog = JSON.parse(${json});\nexport const parts = {};\n`;
}

async function pack(root: string, folder: string, manifest: object, vsix: string): Promise<void> {
  await writeFile(join(folder, "package.json"), JSON.stringify(manifest));
  await writeFile(join(folder, "README.md"), "Made by a benchmark.\n");
  const vsce = join(root, "node_modules", "@vscode", "vsce", "vsce");
  const options = ["--no-dependencies", "--allow-missing-repository", "--skip-license"];
  await run(process.execPath, [vsce, "package", ...options, "--out", vsix], { cwd: folder });
}

async function bundle(
  root: string,
  entry: string,
  outfile: string | undefined,
  plugins: Plugin[],
): Promise<Metafile> {
  const { metafile } = await build({
    entryPoints: [entry],
    absWorkingDir: root,
    ...(outfile === undefined ? { write: false } : { outfile }),
    bundle: true,
    minify: true,
    metafile: true,
    platform: "node",
    format: "cjs",
    external: ["vscode"],
    logLevel: "error",
    plugins,
  });
  return metafile;
}

/** The files of a package, the largest first. */
export async function filesIn(vsix: string): Promise<readonly Part[]> {
  const program =
    "import json, sys, zipfile; print(json.dumps([{'name': file.filename, 'bytes': file.file_size," +
    " 'packed': file.compress_size} for file in zipfile.ZipFile(sys.argv[1]).infolist()]))";
  const listed = await run(await ensurePython([]), ["-c", program, vsix]);
  return bySize(JSON.parse(listed) as readonly Part[]);
}

/** What the code of the extension is made of. */
export async function codeParts(root: string): Promise<readonly Part[]> {
  const { esbuildCatalog, esbuildVerified } = await scripts(root);
  const { outputs } = await bundle(root, "src/extension/extension.ts", undefined, [
    esbuildCatalog(),
    esbuildVerified(),
  ]);
  const sizes = new Map<string, number>();
  for (const { inputs } of Object.values(outputs)) {
    for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
      const name = originOf(path);
      sizes.set(name, (sizes.get(name) ?? 0) + bytesInOutput);
    }
  }
  return bySize([...sizes].map(([name, bytes]) => ({ name, bytes })));
}

function originOf(path: string): string {
  if (path.startsWith("catalog:")) return "catalog and templates";
  if (path.startsWith("verified:")) return "what was verified";
  return /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? "own code";
}

function bySize(parts: readonly Part[]): readonly Part[] {
  const size = ({ packed, bytes }: Part) => packed ?? bytes;
  return [...parts].sort((one, two) => size(two) - size(one));
}
