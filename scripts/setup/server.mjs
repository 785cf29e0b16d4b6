/** Runs a server as a child process until it is closed. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";

/**
 * @typedef {object} Server
 * @property {string} url
 * @property {() => string} output what it has printed, both streams
 * @property {() => Promise<void>} close ends it, and returns when it has ended
 */

/**
 * Returns when the server answers.
 * @param {object} options
 * @param {string} options.command
 * @param {readonly string[]} options.args
 * @param {NodeJS.ProcessEnv} [options.env]
 * @param {string} options.url
 * @returns {Promise<Server>}
 */
export async function startServer({ command, args, env, url }) {
  const child = spawn(command, args, { env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  const collect = (/** @type {Buffer} */ chunk) => (output += chunk.toString());
  child.stdout.on("data", collect);
  child.stderr.on("data", collect);
  const ended = new Promise((resolve) => child.once("close", resolve).once("error", resolve));
  const kill = () => child.kill();
  process.once("exit", kill);
  const close = async () => {
    process.off("exit", kill);
    kill();
    await ended;
  };
  try {
    await Promise.race([
      answers(url),
      ended.then(() => Promise.reject(new Error(`${command} ended.`))),
    ]);
  } catch (error) {
    await close();
    throw new Error(`${url} doesn't answer:\n${output.trimEnd()}`, { cause: error });
  }
  return { url, output: () => output, close };
}

/** @param {string} url */
async function answers(url) {
  const deadline = Date.now() + 60_000;
  for (;;) {
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(10_000) });
      await response.arrayBuffer();
      if (response.ok) return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** @returns {Promise<number>} a TCP port that nothing listens on */
export async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  if (typeof address !== "object" || address === null) throw new Error("There is no free port.");
  return address.port;
}
