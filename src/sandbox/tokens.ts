import { performance } from "node:perf_hooks";
import type { Grant } from "./received.js";

/** What a code of RFC 6749 §4.1 was asked for with. */
export interface Code {
  readonly redirectUri: string;
  /** The `code_challenge` of RFC 7636. */
  readonly challenge: string;
}

/** The tokens and codes that a session has issued. */
export class Tokens {
  readonly grants: Grant[] = [];
  readonly #validUntil = new Map<string, number>();
  readonly #refreshTokens: string[] = [];
  readonly #spent = new Set<string>();
  readonly #codes = new Map<string, Code>();
  #codesIssued = 0;

  /** Whether the API takes the token now. */
  accepts(token: string): boolean {
    const until = this.#validUntil.get(token);
    return until !== undefined && performance.now() < until;
  }

  add(grant: Grant, lifetimeSeconds: number): void {
    this.grants.push(grant);
    this.#validUntil.set(grant.token, performance.now() + lifetimeSeconds * 1000);
  }

  /** The access tokens; refresh tokens stay good. */
  revokeAll(): void {
    this.#validUntil.clear();
  }

  newRefreshToken(prefix: string): string {
    const token = `${prefix}-${this.#refreshTokens.length + 1}`;
    this.#refreshTokens.push(token);
    return token;
  }

  isRefreshToken(token: string): boolean {
    return this.#refreshTokens.includes(token);
  }

  spend(refreshToken: string): void {
    this.#spent.add(refreshToken);
  }

  isSpent(refreshToken: string): boolean {
    return this.#spent.has(refreshToken);
  }

  newCode(code: Code): string {
    const name = `sandbox-code-${++this.#codesIssued}`;
    this.#codes.set(name, code);
    return name;
  }

  /** A code is good for one use. */
  takeCode(name: string): Code | undefined {
    const code = this.#codes.get(name);
    this.#codes.delete(name);
    return code;
  }
}
