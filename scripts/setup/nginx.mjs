/** An nginx of one's own, for what clients do where it refuses them. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { aptInstall } from "./packages.mjs";
import { firstExecutable } from "./process.mjs";
import { freePort, startServer } from "./server.mjs";

/** @type {Promise<string> | undefined} */
let found;

/**
 * Looks once per process.
 * @returns {Promise<string>} the path of an nginx
 */
export function ensureNginx() {
  return (found ??= find());
}

async function find() {
  const candidates = [process.env["NGINX"], "nginx", "/usr/sbin/nginx"];
  const there = await firstExecutable(candidates);
  if (there) return there;
  const installed = (await aptInstall(["nginx"])) && (await firstExecutable(candidates));
  if (installed) return installed;
  throw new Error("nginx is missing: install it from your system's packages, or set NGINX to it.");
}

/**
 * @typedef {object} Site
 * @property {string} http what stands in the block `http`
 * @property {string} location what stands in the block of all its locations
 * @property {Readonly<Record<string, string>>} files what it serves, by name
 */

/** One process, which needs no other user, with nothing of the system's. */
const configuration = (/** @type {number} */ port, /** @type {Site} */ { http, location }) => `
daemon off;
master_process off;
pid nginx.pid;
events {}
http {
  client_body_temp_path temporary;
  proxy_temp_path temporary;
  fastcgi_temp_path temporary;
  uwsgi_temp_path temporary;
  scgi_temp_path temporary;
  log_format judge "$status $request_uri";
  access_log access.log judge;
  default_type application/json;
  ${http}
  server {
    listen 127.0.0.1:${port};
    location = /ready { access_log off; return 200; }
    location / { ${location} }
  }
}
`;

/**
 * Starts one that isn't the system's, in a folder that is gone when it ends.
 * @param {Site} site
 */
export async function startNginx(site) {
  const command = await ensureNginx();
  const folder = await mkdtemp(join(tmpdir(), "nginx-"));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    await mkdir(join(folder, "html"));
    for (const [name, text] of Object.entries(site.files)) {
      await writeFile(join(folder, "html", name), text);
    }
    const port = await freePort();
    await writeFile(join(folder, "nginx.conf"), configuration(port, site));
    const args = ["-p", folder, "-c", "nginx.conf", "-e", "stderr"];
    const origin = `http://127.0.0.1:${port}`;
    const server = await startServer({ command, args, url: `${origin}/ready` });
    return {
      origin,
      /** What it answered so far. */
      answers: async () => {
        const lines = (await readFile(join(folder, "access.log"), "utf8")).trimEnd().split("\n");
        return lines.map((line) => ({ status: Number(line.slice(0, 3)), url: line.slice(4) }));
      },
      close: () => server.close().then(remove),
    };
  } catch (error) {
    await remove();
    throw error;
  }
}
