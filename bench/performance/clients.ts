/** What walks through pages: generated clients, the least that does it, and what people would use. */
import { join } from "node:path";
import { PEERS } from "../compare/clients.js";
import { writeClient } from "./generated.js";
import type { Language } from "../languages.js";
import { type Peers, installPeers } from "./peers.js";
import type { Bench } from "./section.js";
import type { Runnable } from "./walkers.js";

/** The names of those that others are compared with and that targets are about. */
export const PLAIN = "plain loop";
export const GENERATED = "generated client";

export interface Contender extends Runnable {
  readonly language: Language;
  readonly name: string;
  /** Why it can't be run here; markdown. */
  readonly missing?: string | undefined;
}

export interface Contenders {
  readonly all: readonly Contender[];
  readonly versions: Readonly<Record<string, string>>;
}

/** What walks in each of the peers, in the order of the tables. */
const WALKS: Readonly<Record<string, string>> = {
  fetch: "fetch loop with retries",
  undici: "undici RetryAgent",
  got: "got.paginate",
  octokit: "octokit.paginate.iterator",
  ky: "ky",
  axios: "axios with axios-retry",
  requests_loop: "requests loop with retries",
  requests_retry: "requests with urllib3's Retry",
  httpx_tenacity: "httpx with tenacity",
};

export async function contenders(bench: Bench): Promise<Contenders> {
  const peers = await installPeers(bench);
  const make =
    (language: Language) =>
    (name: string, file: string, packages: readonly string[] = []): Contender => ({
      language,
      name,
      file,
      python: language === "python" ? peers.python : undefined,
      missing: peers.whyMissing(packages),
    });
  const [javascript, python] = [make("javascript"), make("python")];
  const walk = (file: string) => join(bench.root, "bench/performance/walk", file);
  const all = [
    javascript(PLAIN, walk("plain.mjs")),
    javascript("plain loop, in place", walk("in-place.mjs")),
    javascript("plain loop, time limit", walk("limited.mjs")),
    javascript(GENERATED, await generate(bench, "javascript", "cursor")),
    javascript(`${GENERATED}, Link headers`, await generate(bench, "javascript", "link-header")),
    ...used(peers, "javascript", javascript),
    python(PLAIN, walk("plain.py")),
    python("plain httpx loop", walk("plain_httpx.py"), ["httpx"]),
    python(GENERATED, await generate(bench, "python", "cursor")),
    python(`${GENERATED}, Link headers`, await generate(bench, "python", "link-header")),
    ...used(peers, "python", python),
  ];
  return { all, versions: peers.versions };
}

function used(
  { fileOf }: Peers,
  language: Language,
  make: (name: string, file: string, packages: readonly string[]) => Contender,
): readonly Contender[] {
  return Object.entries(WALKS).flatMap(([name, title]) => {
    const peer = PEERS.find((one) => one.name === name && one.language === language);
    return peer ? [make(title, fileOf(peer), peer.packages)] : [];
  });
}

function generate(bench: Bench, language: Language, pagination: string): Promise<string> {
  const client = { language, pagination, retry: "exponential" };
  return writeClient(bench.folder, `client_${pagination}`, client);
}
