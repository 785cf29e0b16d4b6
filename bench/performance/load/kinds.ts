/** The clients that are compared under faults: generated ones, and what people would use instead. */
import { join } from "node:path";
import { ensurePeers, ensurePeersPython } from "../../../scripts/setup/peers.mjs";
import { ensurePython } from "../../../scripts/setup/python.mjs";
import type { Bench } from "../section.js";
import { writeClient } from "./generated.js";

export interface Kind {
  readonly name: string;
  readonly language: "javascript" | "python";
  readonly isGenerated: boolean;
  readonly file: string;
  /** The interpreter of a client in Python. */
  readonly python?: string;
}

export interface Kinds {
  readonly kinds: readonly Kind[];
  /** Why others can't be had, by their names. */
  readonly missing: Readonly<Record<string, string>>;
  readonly versions: Readonly<Record<string, string>>;
}

interface Peer {
  readonly file: string;
  readonly name: string;
  /** Without which it can't be run. */
  readonly packages: readonly string[];
}

const JAVASCRIPT: readonly Peer[] = [
  { file: "got", name: "got", packages: ["got"] },
  { file: "ky", name: "ky", packages: ["ky"] },
  { file: "axios", name: "axios-retry", packages: ["axios", "axios-retry"] },
  { file: "undici", name: "undici RetryAgent", packages: ["undici"] },
  {
    file: "octokit",
    name: "octokit",
    packages: ["@octokit/core", "@octokit/plugin-retry", "@octokit/plugin-paginate-rest"],
  },
  { file: "fetch", name: "fetch loop", packages: [] },
];
const PYTHON: readonly Peer[] = [
  { file: "requests_retry", name: "requests, urllib3 Retry", packages: ["requests"] },
  { file: "httpx_tenacity", name: "httpx, tenacity", packages: ["httpx", "tenacity"] },
  { file: "requests_loop", name: "requests loop", packages: ["requests"] },
];

export async function findKinds(bench: Bench): Promise<Kinds> {
  const [javascript, python] = await Promise.all([ensurePeers(), ensurePeersPython()]);
  const known = { ...javascript.missing, ...python.missing };
  const reasonOf = (peer: Peer) => peer.packages.map((name) => known[name]).find(Boolean);
  const isThere = (peer: Peer) => reasonOf(peer) === undefined;
  const absent = [...JAVASCRIPT, ...PYTHON].filter((peer) => !isThere(peer));
  const folders = {
    javascript: join(javascript.folder, "javascript"),
    python: join(bench.root, "bench", "peers", "python"),
  };
  return {
    kinds: [
      ...(await generated(bench, "javascript")),
      ...JAVASCRIPT.filter(isThere).map(({ file, name }) => ({
        name,
        language: "javascript" as const,
        isGenerated: false,
        file: join(folders.javascript, `${file}.mjs`),
      })),
      ...(await generated(bench, "python")),
      ...PYTHON.filter(isThere).map(({ file, name }) => ({
        name,
        language: "python" as const,
        isGenerated: false,
        file: join(folders.python, `${file}.py`),
        python: python.python,
      })),
    ],
    missing: Object.fromEntries(absent.map((peer) => [peer.name, reasonOf(peer) ?? ""])),
    versions: { ...javascript.versions, ...python.versions },
  };
}

function generated(bench: Bench, language: Kind["language"]): Promise<readonly Kind[]> {
  const options = ["exponential", "circuit-breaker"];
  const kinds = options.map(async (retry): Promise<Kind> => {
    const file = await writeClient(bench.folder, retry, {
      language,
      retry,
      limiter: "none",
      set: {},
    });
    const name = `generated, ${retry.replace("-", " ")}`;
    const python = language === "python" ? { python: await ensurePython() } : {};
    return { name, language, isGenerated: true, file, ...python };
  });
  return Promise.all(kinds);
}
