/** What people would use instead of a generated client: packages of npm and of PyPI. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { copyFile, cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cached } from "./cache.mjs";
import { aptInstall, npmInstall, npmInstallDependencies } from "./packages.mjs";
import { run } from "./process.mjs";

const PEERS = fileURLToPath(new URL("../../bench/peers/", import.meta.url));
const WINDOWS = process.platform === "win32";

/**
 * @typedef {object} JavaScriptPeers
 * @property {string} folder with `node_modules`, and the peers themselves in `javascript`
 * @property {Record<string, string>} versions of the packages that are there
 * @property {Record<string, string>} missing why a package isn't there, by its name
 */

/**
 * The packages of `bench/peers/package.json`; each alone, where they can't be had together.
 * @returns {Promise<JavaScriptPeers>}
 */
export async function ensurePeers(manifest = join(PEERS, "package.json")) {
  const text = readFileSync(manifest, "utf8");
  const read = /** @type {unknown} */ (JSON.parse(text));
  const { dependencies } = /** @type {{ dependencies: Record<string, string> }} */ (read);
  const hash = hashOf(text);
  const found = await cached(`peers-${hash}`, async (directory) => {
    await copyFile(manifest, join(directory, "package.json"));
    await npmInstallDependencies(directory);
  }).then(
    (folder) => ({ folder, versions: dependencies, missing: {} }),
    () => eachAlone(dependencies),
  );
  // Where they find their packages.
  await cp(join(PEERS, "javascript"), join(found.folder, "javascript"), { recursive: true });
  return found;
}

/**
 * @param {Record<string, string>} dependencies
 * @returns {Promise<JavaScriptPeers>}
 */
async function eachAlone(dependencies) {
  /** @type {Record<string, string>} */
  const missing = {};
  const names = Object.keys(dependencies);
  for (const name of names) {
    const spec = `${name}@${dependencies[name] ?? ""}`;
    const trial = await mkdtemp(join(tmpdir(), "peer-"));
    try {
      await npmInstall(trial, [spec]);
    } catch (error) {
      missing[name] = reasonOf(error);
    }
    await rm(trial, { recursive: true, force: true });
  }
  const there = names.filter((name) => !(name in missing));
  const specs = there.map((name) => `${name}@${dependencies[name] ?? ""}`);
  const folder = await cached(`peers-${hashOf(specs.join())}`, (directory) =>
    npmInstall(directory, specs),
  );
  const versions = Object.fromEntries(there.map((name) => [name, dependencies[name] ?? ""]));
  return { folder, versions, missing };
}

/**
 * @typedef {object} PythonPeers
 * @property {string} python an interpreter that has what is there
 * @property {Record<string, string>} versions of the packages that are there
 * @property {Record<string, string>} missing why a package isn't there, by its name
 */

/**
 * An interpreter with the packages of `bench/peers/requirements.txt`; with Debian's versions of
 * them, where PyPI can't be reached.
 * @returns {Promise<PythonPeers>}
 */
export async function ensurePeersPython(requirements = join(PEERS, "requirements.txt")) {
  const text = readFileSync(requirements, "utf8");
  const names = [...text.matchAll(/^[\w-]+/gm)].map(String);
  const hash = hashOf(text);
  try {
    const venv = await cached(`peers-python-${hash}`, async (directory) => {
      await run(WINDOWS ? "python" : "python3", ["-m", "venv", directory]);
      const pip = ["-m", "pip", "install", "--quiet", "--retries=0", "--timeout=10"];
      await run(inVenv(directory), [...pip, "-r", requirements], { timeoutMs: 120_000 });
    });
    return await withVersions(inVenv(venv), names, "");
  } catch (error) {
    return withDebian(names, reasonOf(error));
  }
}

/** @param {string} venv */
function inVenv(venv) {
  return join(venv, ...(WINDOWS ? ["Scripts", "python.exe"] : ["bin", "python"]));
}

/** @param {readonly string[]} names @param {string} reason why PyPI's can't be had */
async function withDebian(names, reason) {
  for (const name of names) await aptInstall([`python3-${name}`]).catch(() => false);
  return withVersions(WINDOWS ? "python" : "/usr/bin/python3", names, reason);
}

/**
 * Asks the interpreter what it can import.
 * @param {string} python
 * @param {readonly string[]} names
 * @param {string} reason of those that it can't
 * @returns {Promise<PythonPeers>}
 */
async function withVersions(python, names, reason) {
  /** @type {Record<string, string>} */
  const versions = {};
  /** @type {Record<string, string>} */
  const missing = {};
  for (const name of names) {
    const program = `import importlib.metadata as m, ${name}; print(m.version("${name}"))`;
    try {
      versions[name] = (await run(python, ["-c", program], { timeoutMs: 30_000 })).trim();
    } catch (error) {
      missing[name] = reason || reasonOf(error);
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
