import type { IncomingHttpHeaders } from "node:http";
import type { GrantType } from "./words.js";

/** A request as it came in. */
export interface Received {
  readonly method: string;
  /** As the client knows it, its own name for the host included. */
  readonly url: URL;
  /** The part of the path behind the base URL. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What the sandbox remembers of a request, and of what became of it. */
export interface LoggedRequest {
  /** The number of the request among those of its kind, from 1. */
  readonly number: number;
  readonly kind: "api" | "token" | "authorize";
  /** Milliseconds on a monotonic clock that all requests of a server share. */
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, readonly string[]>>;
  readonly headers: IncomingHttpHeaders;
  /** Empty until it has arrived. */
  body: string;
  /** The number of the connection among those of the server. */
  readonly connection: number;
  /** What was answered; absent while nothing was, or where the connection was cut instead. */
  status?: number;
  delivery?: string;
  /** When the answer, or what stood for it, was over. */
  endedAt?: number;
  /** The client went away before the answer was over. */
  clientClosed: boolean;
}

/** A write that was done. */
export interface Commit {
  readonly method: string;
  readonly path: string;
  readonly body: string;
  readonly idempotencyKey: string | undefined;
}

/** A token that was issued. */
export interface Grant {
  readonly token: string;
  readonly type: GrantType;
  readonly clientAuth: "client_secret_basic" | "client_secret_post" | "none";
  readonly scope: string | undefined;
  readonly audience: string | undefined;
  readonly resource: readonly string[];
}
