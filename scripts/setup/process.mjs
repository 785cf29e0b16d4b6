/** Runs programs and finds them. */
import { spawn } from "node:child_process";
import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { delimiter, join } from "node:path";

const WINDOWS = process.platform === "win32";
const MINUTE = 60_000;

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {number} [timeoutMs] ten minutes, where not given
 * @property {AbortSignal | undefined} [signal] ends it
 */

/**
 * The output of a program, which gets no input.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<string>}
 * @throws {Error} with the end of the output, where it exits with anything but 0
 */
export function run(command, args, { cwd, env, timeoutMs = 10 * MINUTE, signal: ending } = {}) {
  return new Promise((resolve, reject) => {
    // npm is a batch file on Windows, which only a shell can run.
    const shell = WINDOWS && command === "npm";
    const child = spawn(command, args, {
      cwd,
      env,
      shell,
      stdio: ["ignore", "pipe", "pipe"],
      timeout: timeoutMs,
      signal: ending,
    });
    let output = "";
    const collect = (/** @type {Buffer} */ chunk) => (output += chunk.toString());
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    child.once("error", reject);
    child.once("close", (code, signal) => {
      if (code === 0) resolve(output);
      else reject(new Error(`${command} ${args.join(" ")}: ${signal ?? code}\n${tail(output)}`));
    });
  });
}

/** @param {string} output */
function tail(output) {
  return output.trimEnd().split("\n").slice(-20).join("\n");
}

/**
 * The first of these programs that is there: a path, or a name to look for in PATH.
 * @param {readonly (string | undefined)[]} candidates
 * @returns {Promise<string | undefined>}
 */
export async function firstExecutable(candidates) {
  const directories = (process.env["PATH"] ?? "").split(delimiter);
  for (const candidate of candidates) {
    if (!candidate) continue;
    const paths = /[\\/]/.test(candidate)
      ? [candidate]
      : directories.map((directory) => join(directory, WINDOWS ? `${candidate}.exe` : candidate));
    for (const path of paths) if (await isExecutable(path)) return path;
  }
  return undefined;
}

/** @param {string} path */
async function isExecutable(path) {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
