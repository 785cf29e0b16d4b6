import { performance } from "node:perf_hooks";
import type { Socket } from "node:net";
import type { Answer } from "./answer.js";
import type { Commit, LoggedRequest } from "./received.js";
import { Quota } from "./quota.js";
import type { Settings } from "./settings.js";
import { type Credentials, type Step, stepAt } from "./step.js";
import { Throttle } from "./throttle.js";
import { Tokens } from "./tokens.js";
import {
  CREDENTIALS_OF,
  type CredentialName,
  GRANT_TYPES_OF,
  SANDBOX_CREDENTIALS,
} from "./words.js";

/** The log of a server that runs for days must not grow for ever. */
const MOST_LOGGED = 20_000;

/** Where the token endpoint is, behind the base URL. */
export const TOKEN_PATH = "/oauth/token";
/** Where the authorization endpoint is, behind the base URL, which is the issuer too. */
export const AUTHORIZE_PATH = "/oauth/authorize";

/** One client's own API: its settings, its state and the record of what it was sent. */
export class Session {
  readonly id: string;
  readonly settings: Settings;
  /** `API_BASE_URL` for the client. */
  readonly baseUrl: string;
  /** `API_TOKEN_URL` for the client. */
  readonly tokenUrl: string;
  readonly requests: LoggedRequest[] = [];
  readonly commits: Commit[] = [];
  /** The answers to writes with an idempotency key, and what they were asked with. */
  readonly replays = new Map<string, { readonly body: string; readonly answer: Answer }>();
  tokens = new Tokens();
  throttle: Throttle | Quota | undefined;
  /** How many records have come in at the front. */
  inserted = 0;
  /** The most connections that were open at the same time. */
  peakConnections = 0;
  #credentials: Credentials;
  #counts = { api: 0, token: 0, authorize: 0 };
  readonly #open = new Set<Socket>();

  constructor(id: string, baseUrl: string, settings: Settings) {
    this.id = id;
    this.settings = settings;
    this.baseUrl = baseUrl;
    this.tokenUrl = baseUrl + TOKEN_PATH;
    this.#credentials = settings.credentials;
    this.reset();
  }

  /** Everything that happened is forgotten. */
  reset(): void {
    this.requests.length = 0;
    this.commits.length = 0;
    this.replays.clear();
    this.tokens = new Tokens();
    const { throttle, quota, credentials } = this.settings;
    this.throttle = throttle && new Throttle(throttle, performance.now());
    if (quota !== undefined) this.throttle = new Quota(quota);
    this.inserted = 0;
    this.#forgetClosed();
    this.peakConnections = this.#open.size;
    this.#credentials = credentials;
    this.#counts = { api: 0, token: 0, authorize: 0 };
  }

  /** The environment that a client of this session needs. */
  get environment(): Record<string, string> {
    const { auth } = this.settings;
    const values = CREDENTIALS_OF[auth].map((name) => [name, this.#valid(name)[0] ?? ""]);
    const urls = { API_BASE_URL: this.baseUrl };
    const grantTypes = GRANT_TYPES_OF[auth];
    const token = grantTypes.length > 0 ? { API_TOKEN_URL: this.tokenUrl } : {};
    const authorize = {
      API_AUTHORIZE_URL: this.baseUrl + AUTHORIZE_PATH,
      API_ISSUER: this.baseUrl,
    };
    return {
      ...urls,
      ...token,
      ...(grantTypes.includes("authorization_code") ? authorize : {}),
      ...(Object.fromEntries(values) as Record<string, string>),
    };
  }

  /** From now on these are valid, and what they replace is not. */
  rotate(credentials: Credentials): void {
    this.#credentials = { ...this.#credentials, ...credentials };
  }

  isValid(name: CredentialName, value: string): boolean {
    return this.#valid(name).includes(value);
  }

  #valid(name: CredentialName): readonly string[] {
    const value = this.#credentials[name] ?? SANDBOX_CREDENTIALS[name];
    return typeof value === "string" ? [value] : value;
  }

  /** Enters a request in the log and gives it the next number of its kind. */
  log(entry: Omit<LoggedRequest, "number">): LoggedRequest {
    const logged = { number: ++this.#counts[entry.kind], ...entry };
    this.requests.push(logged);
    if (this.requests.length > MOST_LOGGED) this.requests.shift();
    return logged;
  }

  /** What is to happen to a request; where several sequences speak, the later one wins. */
  stepFor({ kind, number }: LoggedRequest): Step {
    const { sequences, token } = this.settings;
    const heard = { api: sequences, token: [token], authorize: [] }[kind];
    return Object.assign({}, ...heard.map((sequence) => stepAt(sequence, number - 1))) as Step;
  }

  /** Counts the connection as open for as long as it is. */
  connected(socket: Socket): void {
    if (this.#open.has(socket)) return;
    this.#forgetClosed();
    this.#open.add(socket);
    this.peakConnections = Math.max(this.peakConnections, this.#open.size);
  }

  /** Here rather than in a listener: one connection may serve any number of sessions. */
  #forgetClosed(): void {
    for (const socket of this.#open) if (socket.destroyed) this.#open.delete(socket);
  }
}
