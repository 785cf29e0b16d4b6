/** The clients that are compared under faults: generated ones, and what people would use instead. */
import { join } from "node:path";
import { ensurePeers, ensurePeersPython } from "../../../scripts/setup/peers.mjs";
import { ensurePython } from "../../../scripts/setup/python.mjs";
import { PEERS, type Peer } from "../../compare/clients.js";
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

/** Those that are called shorter here than in the comparison. */
const SHORT: Readonly<Record<string, string>> = {
  axios: "axios-retry",
  requests_retry: "requests, urllib3 Retry",
  httpx_tenacity: "httpx, tenacity",
};
const nameOf = ({ name, label }: Peer) => SHORT[name] ?? label;

export async function findKinds(bench: Bench): Promise<Kinds> {
  const [javascript, python] = await Promise.all([ensurePeers(), ensurePeersPython()]);
  const known = { ...javascript.missing, ...python.missing };
  const reasonOf = (peer: Peer) => peer.packages.map((name) => known[name]).find(Boolean);
  const isThere = (peer: Peer) => reasonOf(peer) === undefined;
  const absent = PEERS.filter((peer) => !isThere(peer));
  const there = (language: Kind["language"]) =>
    PEERS.filter((peer) => peer.language === language && isThere(peer));
  const folders = {
    javascript: join(javascript.folder, "javascript"),
    python: join(bench.root, "bench", "peers", "python"),
  };
  return {
    kinds: [
      ...(await generated(bench, "javascript")),
      ...there("javascript").map((peer) => ({
        name: nameOf(peer),
        language: "javascript" as const,
        isGenerated: false,
        file: join(folders.javascript, `${peer.name}.mjs`),
      })),
      ...(await generated(bench, "python")),
      ...there("python").map((peer) => ({
        name: nameOf(peer),
        language: "python" as const,
        isGenerated: false,
        file: join(folders.python, `${peer.name}.py`),
        python: python.python,
      })),
    ],
    missing: Object.fromEntries(absent.map((peer) => [nameOf(peer), reasonOf(peer) ?? ""])),
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
