/** What people would use instead of a generated client: packages of npm and of PyPI. */
import { createHash } from "node:crypto";
import { readFileSync, rmSync } from "node:fs";
import { copyFile, cp, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cached } from "./cache.mjs";
import { aptInstall, npmAdd, npmInstallDependencies } from "./packages.mjs";
import { run } from "./process.mjs";
import {
  ANY_PYTHON,
  DEBIANS_PYTHON,
  createVenv,
  ensurePython,
  pipInstall,
  pythonIn,
} from "./python.mjs";

const PEERS = fileURLToPath(new URL("../../bench/peers/", import.meta.url));

/**
 * @typedef {Record<string, string>} Texts by the names of packages
 *
 * @typedef {object} JavaScriptPeers
 * @property {string} folder with `node_modules`, and the peers themselves in `javascript`
 * @property {Texts} versions of the packages that are there
 * @property {Texts} missing why a package isn't there
 *
 * @typedef {object} PythonPeers
 * @property {string} python an interpreter that has what is there
 * @property {Texts} versions of the packages that are there
 * @property {Texts} missing why a package isn't there; without requests no client runs at all
 *
 * @typedef {object} Options
 * @property {AbortSignal} [signal] ends it with an error
 */

/** @type {Promise<JavaScriptPeers> | undefined} */
let javascript;
/** @type {Promise<PythonPeers> | undefined} */
let python;

/** The packages of `bench/peers/package.json`, once per process. @param {Options} [options] */
export function ensurePeers({ signal } = {}) {
  return (javascript ??= installPeers(join(PEERS, "package.json"), signal));
}

/** The packages of `bench/peers/requirements.txt`, once per process. @param {Options} [options] */
export function ensurePeersPython({ signal } = {}) {
  return (python ??= installPeersPython(join(PEERS, "requirements.txt"), signal));
}

/**
 * All together, or each alone, where they can't be had together.
 * @param {string} manifest
 * @param {AbortSignal} [signal]
 * @returns {Promise<JavaScriptPeers>}
 */
export async function installPeers(manifest, signal) {
  const text = readFileSync(manifest, "utf8");
  const read = /** @type {unknown} */ (JSON.parse(text));
  const { dependencies } = /** @type {{ dependencies: Texts }} */ (read);
  /** @type {Texts} */
  let missing = {};
  const folder = await cached(`peers-${hashOf(text)}`, async (directory) => {
    await copyFile(manifest, join(directory, "package.json"));
    await npmInstallDependencies(directory, signal);
  }).catch(async () => {
    signal?.throwIfAborted();
    const part = await temporary();
    await writeFile(join(part, "package.json"), '{ "private": true }\n');
    missing = await eachAlone(
      Object.entries(dependencies),
      ([name, version]) => npmAdd(part, `${name}@${version}`, signal),
      signal,
    );
    return part;
  });
  // Where they find their packages.
  await cp(join(PEERS, "javascript"), join(folder, "javascript"), { recursive: true });
  const there = Object.keys(dependencies).filter((name) => !(name in missing));
  const versions = Object.fromEntries(there.map((name) => [name, versionIn(folder, name)]));
  return { folder, versions, missing };
}

/** @param {string} folder @param {string} name */
function versionIn(folder, name) {
  const text = readFileSync(join(folder, "node_modules", name, "package.json"), "utf8");
  const read = /** @type {unknown} */ (JSON.parse(text));
  return /** @type {{ version: string }} */ (read).version;
}

/**
 * All together, or each alone, where they can't be had together; Debian's versions of them, where
 * the generated clients' own package is not among these.
 * @param {string} requirements
 * @param {AbortSignal} [signal]
 * @returns {Promise<PythonPeers>}
 */
export async function installPeersPython(requirements, signal) {
  const text = readFileSync(requirements, "utf8");
  const lines = text.split("\n").filter((line) => line !== "");
  const pins = Object.fromEntries(
    lines.map((line) => /** @type {const} */ ([nameOf(line), line.split("==")[1] ?? ""])),
  );
  /** @type {Texts} */
  let missing = {};
  const venv = await cached(`peers-python-${hashOf(text)}`, async (directory) => {
    await createVenv(directory, signal);
    await pipInstall(directory, ["-r", requirements], signal);
  }).catch(async () => {
    signal?.throwIfAborted();
    const part = await temporary();
    const created = createVenv(part, signal);
    missing = await eachAlone(
      lines.map((line) => /** @type {const} */ ([nameOf(line), line])),
      ([, line]) => created.then(() => pipInstall(part, [line], signal)),
      signal,
    );
    return part;
  });
  if (!("requests" in missing)) return withVersions(pythonIn(venv), pins, missing);
  for (const name of Object.keys(pins)) {
    await aptInstall([`python3-${name}`]).catch(() => false);
    signal?.throwIfAborted();
  }
  const debians = await withVersions(DEBIANS_PYTHON, pins, missing);
  if ("requests" in debians.versions) return debians;
  const other = await ensurePython(["requests"]).catch(() => ANY_PYTHON);
  return withVersions(other, pins, missing);
}

/** @param {string} requirement */
function nameOf(requirement) {
  return /^[\w-]+/.exec(requirement)?.[0] ?? requirement;
}

/**
 * Why some of these can't be installed, by their names.
 * @template {readonly [name: string, spec: string]} T
 * @param {readonly T[]} packages
 * @param {(one: T) => Promise<void>} install
 * @param {AbortSignal | undefined} signal
 */
async function eachAlone(packages, install, signal) {
  /** @type {Texts} */
  const missing = {};
  for (const one of packages) {
    await install(one).catch((/** @type {unknown} */ error) => {
      // What was killed says nothing of its package.
      signal?.throwIfAborted();
      missing[one[0]] = reasonOf(error);
    });
  }
  return missing;
}

/** A folder for this process: the next one tries again to have all. */
async function temporary() {
  const folder = await mkdtemp(join(tmpdir(), "peers-"));
  process.once("exit", () => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/**
 * Asks the interpreter what it can import, in which version.
 * @param {string} python
 * @param {Texts} pins the versions that are wanted
 * @param {Texts} reasons why one may be missing
 * @returns {Promise<PythonPeers>}
 */
export async function withVersions(python, pins, reasons) {
  /** @type {Texts} */
  const versions = {};
  /** @type {Texts} */
  const missing = {};
  for (const [name, pin] of Object.entries(pins)) {
    const program = `import importlib.metadata as m, ${name}; print(m.version("${name}"))`;
    try {
      const version = (await run(python, ["-c", program], { timeoutMs: 30_000 })).trim();
      versions[name] = pin && pin !== version ? `${version} (instead of ${pin})` : version;
    } catch (error) {
      missing[name] = reasons[name] ?? reasonOf(error);
    }
  }
  return { python, versions, missing };
}

/** @param {string} text */
function hashOf(text) {
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}

/** The line of an installer's output that tells why. @param {unknown} error */
function reasonOf(error) {
  const lines = String(error instanceof Error ? error.message : error).split("\n");
  const told = lines.find((line) => /^(npm error (?!code|syscall|path|errno)|ERROR: )/.test(line));
  return (told ?? lines.at(-1) ?? "").trim().slice(0, 200);
}
