/** Opens VS Code with the extension and a sample workspace: `npm start`. */
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildAll } from "./build.mjs";
import { startVscodeWeb } from "./setup/vscode-web.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const sample = join(root, "test", "e2e", "fixtures", "workspace");

/**
 * Runs VS Code's own command, which on Windows is a batch file.
 * @param {string[]} args
 * @returns {boolean} whether it is there and did it
 */
function code(args) {
  const quoted = process.platform === "win32" ? args.map((arg) => `"${arg}"`) : args;
  return spawnSync("code", quoted, { shell: process.platform === "win32" }).status === 0;
}

/** @param {string} folder */
async function serve(folder) {
  console.log("Starting VS Code for the Web; the first time this fetches it…");
  const server = await startVscodeWeb({ folder, extensionDevelopmentPath: root });
  console.log(`VS Code with the extension is at ${server.url}\nCtrl-C ends it.`);
  await Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
  await server.close();
}

await buildAll();
const folder = await mkdtemp(join(tmpdir(), "api-snippets-"));
await cp(sample, folder, { recursive: true });
if (code([`--extensionDevelopmentPath=${root}`, "--new-window", folder])) {
  console.log(`VS Code has opened with the extension and the folder ${folder}.`);
} else {
  await serve(folder);
  await rm(folder, { recursive: true });
}
