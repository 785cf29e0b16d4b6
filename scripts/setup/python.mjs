/** A Python for the generated clients: with the packages that they and their tests import. */
import { join } from "node:path";
import { cached } from "./cache.mjs";
import { aptInstall } from "./packages.mjs";
import { run } from "./process.mjs";

const PACKAGES = ["requests", "redis", "pydantic", "pytest"];
const WINDOWS = process.platform === "win32";

/** @type {Promise<string> | undefined} */
let found;

/**
 * Looks once per process.
 * @returns {Promise<string>} the path of an interpreter that imports all of them
 */
export function ensurePython() {
  return (found ??= find());
}

async function find() {
  const given = process.env["PYTHON"];
  const candidates = [given, "python3", "/usr/bin/python3", ...(WINDOWS ? ["python"] : [])];
  for (const candidate of candidates) {
    const python = candidate && (await usable(candidate));
    if (python) return python;
  }
  const python = (await usableVenv()) ?? (await usableSystem());
  if (python) return python;
  throw new Error(
    `Python 3.9 or newer with ${PACKAGES.join(", ")} is missing: install them with ` +
      `\`python3 -m pip install ${PACKAGES.join(" ")}\`, or set PYTHON to an interpreter that has them.`,
  );
}

/**
 * @param {string} python
 * @returns {Promise<string | undefined>} its absolute path
 */
async function usable(python) {
  const program = `import sys, ${PACKAGES.join(", ")}; assert sys.version_info >= (3, 9); print(sys.executable)`;
  try {
    return (await run(python, ["-c", program], { timeoutMs: 30_000 })).trim();
  } catch {
    return undefined;
  }
}

async function usableVenv() {
  const python = (/** @type {string} */ venv) =>
    join(venv, ...(WINDOWS ? ["Scripts", "python.exe"] : ["bin", "python"]));
  try {
    const venv = await cached("venv", async (directory) => {
      await run(WINDOWS ? "python" : "python3", ["-m", "venv", directory]);
      const pip = ["-m", "pip", "install", "--quiet", "--retries=0", "--timeout=10"];
      await run(python(directory), [...pip, ...PACKAGES], { timeoutMs: 120_000 });
    });
    return await usable(python(venv));
  } catch {
    return undefined;
  }
}

async function usableSystem() {
  const installed = await aptInstall(PACKAGES.map((name) => `python3-${name}`));
  return installed ? usable("/usr/bin/python3") : undefined;
}
