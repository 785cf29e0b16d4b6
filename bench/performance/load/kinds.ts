/** The clients that are compared under faults: generated ones, and what people would use instead. */
import { PEERS, type Peer } from "../../compare/clients.js";
import { writeClient } from "../generated.js";
import { LANGUAGES, type Language } from "../../languages.js";
import { installPeers } from "../peers.js";
import type { Bench } from "../section.js";

export interface Kind {
  readonly name: string;
  readonly language: Language;
  readonly isGenerated: boolean;
  readonly file: string;
  /** The interpreter of a client in Python. */
  readonly python?: string | undefined;
}

export interface Kinds {
  readonly kinds: readonly Kind[];
  /** Why others can't be had, by their names; markdown. */
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
  const { python, versions, fileOf, whyMissing } = await installPeers(bench);
  const kinds: Kind[] = [];
  const missing: Record<string, string> = {};
  for (const language of LANGUAGES) {
    const own = { language, python: language === "python" ? python : undefined };
    for (const retry of ["exponential", "circuit-breaker"]) {
      const file = await writeClient(bench.folder, retry, { language, retry });
      const name = `generated, ${retry.replace("-", " ")}`;
      kinds.push({ ...own, name, isGenerated: true, file });
    }
    for (const peer of PEERS.filter((one) => one.language === language)) {
      const [name, reason] = [nameOf(peer), whyMissing(peer.packages)];
      if (reason !== undefined) missing[name] = reason;
      else kinds.push({ ...own, name, isGenerated: false, file: fileOf(peer) });
    }
  }
  return { kinds, missing, versions };
}
