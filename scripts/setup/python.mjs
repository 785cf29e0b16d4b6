/** A Python for the generated clients: with the packages that they and their tests import. */
import { join } from "node:path";
import { cached } from "./cache.mjs";
import { aptInstall } from "./packages.mjs";
import { run } from "./process.mjs";

const PACKAGES = ["requests", "redis", "pydantic", "pytest"];
const WINDOWS = process.platform === "win32";
/** Without a path: the first of PATH. */
export const ANY_PYTHON = WINDOWS ? "python" : "python3";
export const DEBIANS_PYTHON = "/usr/bin/python3";

/** By their packages. @type {Map<string, Promise<string>>} */
const found = new Map();

/**
 * Looks once per process.
 * @param {readonly string[]} packages that the caller needs; all that tests import, where not given
 * @returns {Promise<string>} the path of an interpreter that imports all of them
 */
export function ensurePython(packages = PACKAGES) {
  const key = packages.join("-");
  const python = found.get(key) ?? find(packages);
  found.set(key, python);
  return python;
}

/** @param {readonly string[]} packages */
async function find(packages) {
  const given = process.env["PYTHON"];
  const candidates = [given, "python3", DEBIANS_PYTHON, ...(WINDOWS ? ["python"] : [])];
  for (const candidate of candidates) {
    const python = candidate && (await usable(candidate, packages));
    if (python) return python;
  }
  const python = (await usableVenv(packages)) ?? (await usableSystem(packages));
  if (python) return python;
  const names = packages.join(" ");
  throw new Error(
    `Python 3.9 or newer with ${names} is missing: install them with ` +
      `\`python3 -m pip install ${names}\`, or set PYTHON to an interpreter that has them.`,
  );
}

/**
 * @param {string} python
 * @param {readonly string[]} packages
 * @returns {Promise<string | undefined>} its absolute path
 */
async function usable(python, packages) {
  const program = `import ${["sys", ...packages].join(", ")}; assert sys.version_info >= (3, 9); print(sys.executable)`;
  try {
    return (await run(python, ["-c", program], { timeoutMs: 30_000 })).trim();
  } catch {
    return undefined;
  }
}

/** @param {readonly string[]} packages */
async function usableVenv(packages) {
  const name = packages === PACKAGES ? "venv" : ["venv", ...packages].join("-");
  try {
    const venv = await cached(name, async (directory) => {
      await createVenv(directory);
      await pipInstall(directory, packages);
    });
    return await usable(pythonIn(venv), packages);
  } catch {
    return undefined;
  }
}

/** @param {string} venv */
export function pythonIn(venv) {
  return join(venv, ...(WINDOWS ? ["Scripts", "python.exe"] : ["bin", "python"]));
}

/** @param {string} directory @param {AbortSignal} [signal] */
export async function createVenv(directory, signal) {
  await run(ANY_PYTHON, ["-m", "venv", directory], { signal });
}

/**
 * @param {string} venv
 * @param {readonly string[]} args
 * @param {AbortSignal} [signal]
 */
export async function pipInstall(venv, args, signal) {
  const pip = ["-m", "pip", "install", "--quiet", "--retries=0", "--timeout=10"];
  await run(pythonIn(venv), [...pip, ...args], { timeoutMs: 120_000, signal });
}

/** @param {readonly string[]} packages */
async function usableSystem(packages) {
  const installed = await aptInstall(packages.map((name) => `python3-${name}`));
  return installed ? usable(DEBIANS_PYTHON, packages) : undefined;
}
