import { STATUS_CODES } from "node:http";

/** A body stays a JSON value until it is sent, so that a fault can still change its fields. */
export type Body =
  | { readonly kind: "json"; readonly value: unknown }
  | { readonly kind: "bytes"; readonly bytes: Buffer }
  | { readonly kind: "stream"; readonly chunks: () => Iterable<Buffer> };

export type Headers = Readonly<Record<string, string | readonly string[]>>;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

export function jsonAnswer(status: number, value: unknown, headers: Headers = {}): Answer {
  return {
    status,
    headers: { "Content-Type": "application/json", ...headers },
    body: { kind: "json", value },
  };
}

export function textAnswer(status: number, text: string, type: string): Answer {
  return {
    status,
    headers: { "Content-Type": type },
    body: { kind: "bytes", bytes: Buffer.from(text) },
  };
}

/** An error in the format of RFC 9457. */
export function problem(status: number, detail: string, headers: Headers = {}): Answer {
  const value = { type: "about:blank", title: titleOf(status), status, detail };
  return jsonAnswer(status, value, { "Content-Type": "application/problem+json", ...headers });
}

export function titleOf(status: number): string {
  return STATUS_CODES[status] ?? "Status " + String(status);
}

/** Later headers win, whatever the case of their names. */
export function mergeHeaders(base: Headers, extra: Headers): Headers {
  const replaced = new Set(Object.keys(extra).map((name) => name.toLowerCase()));
  const kept = Object.entries(base).filter(([name]) => !replaced.has(name.toLowerCase()));
  return { ...Object.fromEntries(kept), ...extra };
}
