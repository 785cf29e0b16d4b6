/** Installs packages of npm and Debian. */
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { firstExecutable, run } from "./process.mjs";

/**
 * Installs npm packages into a folder of their own. No install script runs: none is needed, and
 * some would download from elsewhere.
 * @param {string} directory
 * @param {readonly string[]} specs
 */
export async function npmInstall(directory, specs) {
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, "package.json"), '{ "private": true }\n');
  await npmCommand(directory, [...specs]);
}

/**
 * Installs what a package says that it needs, beside it.
 * @param {string} directory of the package
 * @param {AbortSignal} [signal]
 */
export function npmInstallDependencies(directory, signal) {
  return npmCommand(directory, ["--omit=dev"], signal);
}

/**
 * Adds a package to those that a folder has, or leaves them as they are; tried once.
 * @param {string} directory
 * @param {string} spec
 * @param {AbortSignal} [signal]
 */
export function npmAdd(directory, spec, signal) {
  return npmCommand(directory, ["--fetch-retries=0", spec], signal);
}

/**
 * @param {string} directory
 * @param {readonly string[]} args
 * @param {AbortSignal} [signal]
 */
async function npmCommand(directory, args, signal) {
  const quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  await run("npm", ["install", "--prefix=.", ...quiet, ...args], { cwd: directory, signal });
}

/**
 * Unpacks one npm package, without those it depends on.
 * @param {string} directory
 * @param {string} spec
 */
export async function npmUnpack(directory, spec) {
  await mkdir(directory, { recursive: true });
  const output = await run("npm", ["pack", "--silent", spec], { cwd: directory });
  const archive = output.trim().split("\n").at(-1) ?? "";
  await run("tar", ["-xzf", archive, "--strip-components=1"], { cwd: directory });
  await rm(join(directory, archive));
}

/**
 * Installs Debian packages where that is possible: with apt-get, as root.
 * @param {readonly string[]} names
 * @returns {Promise<boolean>} whether they are installed now
 */
export async function aptInstall(names) {
  if (process.getuid?.() !== 0 || !(await firstExecutable(["apt-get"]))) return false;
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const install = () =>
    run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...names], { env });
  try {
    await install();
  } catch {
    // The lists of a fresh machine are empty, or older than the packages.
    await run("apt-get", ["update", "-qq"], { env });
    await install();
  }
  return true;
}
