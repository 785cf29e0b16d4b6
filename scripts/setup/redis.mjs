/** A Redis server for the limiter that workers share. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { aptInstall } from "./packages.mjs";
import { firstExecutable } from "./process.mjs";
import { freePort } from "./server.mjs";

const ATTEMPTS = 5;
export const DATABASES = 1000;

/** @type {Promise<string> | undefined} */
let found;

/**
 * Looks once per process.
 * @returns {Promise<string>} the path of a redis-server
 */
export function ensureRedis() {
  return (found ??= find());
}

async function find() {
  const candidates = [process.env["REDIS_SERVER"], "redis-server", "valkey-server"];
  const there = await firstExecutable(candidates);
  if (there) return there;
  const installed = (await aptInstall(["redis-server"])) && (await firstExecutable(candidates));
  if (installed) return installed;
  throw new Error(
    "redis-server is missing: install it from your system's packages, or set REDIS_SERVER to it.",
  );
}

/**
 * @typedef {object} RedisServer
 * @property {number} port
 * @property {string} url with a password; a number behind it chooses the database
 * @property {import("node:child_process").ChildProcess} process
 * @property {() => Promise<void>} close ends it, and returns when it has ended
 */

/**
 * Starts a server of one's own, which keeps nothing, and returns when it answers.
 * @param {number} [port] a free one, where not given
 * @returns {Promise<RedisServer>}
 */
export async function startRedis(port) {
  for (let left = ATTEMPTS; ; left -= 1) {
    const server = await start(port ?? (await freePort()));
    if (server) return server;
    // Somebody else may have taken the port.
    if (left === 1) throw new Error("redis-server doesn't start.");
  }
}

/** @param {number} port @returns {Promise<RedisServer | undefined>} nothing where it has ended */
async function start(port) {
  const password = "canary-of-redis";
  const args = [
    ...["--port", String(port), "--bind", "127.0.0.1", "--requirepass", password],
    ...["--save", "", "--appendonly", "no", "--databases", String(DATABASES)],
  ];
  const child = spawn(await ensureRedis(), args, { stdio: ["ignore", "pipe", "ignore"] });
  const ended = once(child, "close");
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  const close = async () => {
    process.off("exit", kill);
    kill();
    await ended;
  };
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.includes("Ready to accept connections")) continue;
    child.stdout.resume();
    return { port, url: `redis://:${password}@127.0.0.1:${port}/`, process: child, close };
  }
  await close();
  return undefined;
}
