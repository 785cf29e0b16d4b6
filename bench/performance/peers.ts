/** What people would use instead, as it can be had on this machine. */
import { join } from "node:path";
import { ensurePeers, ensurePeersPython } from "../../scripts/setup/peers.mjs";
import { run } from "../../scripts/setup/process.mjs";
import type { Peer } from "../compare/clients.js";
import { quoted } from "../markdown.js";
import type { Bench } from "./section.js";

export interface Peers {
  /** The interpreter of all that is compared in Python: with the same requests. */
  readonly python: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly fileOf: (peer: Peer) => string;
  /** About the first of the packages that can't be had; markdown. */
  readonly whyMissing: (packages: readonly string[]) => string | undefined;
}

export async function installPeers({ root, signal }: Bench): Promise<Peers> {
  const [javascript, own] = await Promise.all([
    ensurePeers({ signal }),
    ensurePeersPython({ signal }),
  ]);
  const { python } = own;
  const version = await run(python, ["-c", "import platform; print(platform.python_version())"]);
  const missing: Readonly<Record<string, string>> = { ...javascript.missing, ...own.missing };
  return {
    python,
    versions: { Python: version.trim(), ...javascript.versions, ...own.versions },
    fileOf: ({ language, name }) =>
      language === "python"
        ? join(root, "bench/peers/python", `${name}.py`)
        : join(javascript.folder, "javascript", `${name}.mjs`),
    whyMissing: (packages) => {
      const name = packages.find((one) => one in missing);
      return name === undefined ? undefined : quoted(`${name}: ${missing[name] ?? "missing"}`);
    },
  };
}
