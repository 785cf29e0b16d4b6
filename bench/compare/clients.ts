/** The columns of the comparison: a generated client in each language, and what is beside it. */
import { LANGUAGES, type Language } from "../languages.js";

/** What people would use instead. */
export interface Peer {
  /** As on the command line; the file in `bench/peers/` has its name. */
  readonly name: string;
  readonly label: string;
  readonly language: Language;
  readonly pagination: "link-header" | "cursor";
  /** Whether it has no pagination: the loop around it was written here. */
  readonly isWithoutPages: boolean;
  readonly packages: readonly string[];
}

const peer = (
  language: Language,
  name: string,
  label: string,
  pagination: Peer["pagination"],
  packages: readonly string[],
  { isWithoutPages = false } = {},
): Peer => ({ name, label, language, pagination, packages, isWithoutPages });

const WITHOUT_PAGES = { isWithoutPages: true };

export const PEERS: readonly Peer[] = [
  peer("javascript", "got", "got", "link-header", ["got"]),
  peer("javascript", "ky", "ky", "cursor", ["ky"], WITHOUT_PAGES),
  peer(
    "javascript",
    "axios",
    "axios + axios-retry",
    "cursor",
    ["axios", "axios-retry"],
    WITHOUT_PAGES,
  ),
  peer("javascript", "undici", "undici RetryAgent", "cursor", ["undici"], WITHOUT_PAGES),
  peer("javascript", "octokit", "octokit", "link-header", [
    ...["@octokit/core", "@octokit/plugin-retry", "@octokit/plugin-paginate-rest"],
  ]),
  peer("javascript", "fetch", "fetch loop", "cursor", []),
  peer(
    "python",
    "requests_retry",
    "requests + Retry",
    "link-header",
    ["requests", "urllib3"],
    WITHOUT_PAGES,
  ),
  peer(
    "python",
    "httpx_tenacity",
    "httpx + tenacity",
    "link-header",
    ["httpx", "tenacity"],
    WITHOUT_PAGES,
  ),
  peer("python", "requests_loop", "requests loop", "cursor", ["requests"]),
];

export interface Client {
  readonly name: string;
  readonly label: string;
  readonly language: Language;
  /** Absent where it is a generated one. */
  readonly peer?: Peer;
}

/** The generated one of each language first. */
export const CLIENTS: readonly Client[] = LANGUAGES.flatMap((language): Client[] => [
  { name: language, label: "generated", language },
  ...PEERS.filter((one) => one.language === language).map((one) => ({ ...one, peer: one })),
]);
