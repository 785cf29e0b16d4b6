import { afterAll } from "vitest";
import type { Session } from "../../../src/sandbox/index.js";
import { type Sandbox, startSandbox } from "../../../src/sandbox/index.js";

/** A sandbox for one test file. */
export async function sandboxForFile(): Promise<Sandbox> {
  const sandbox = await startSandbox();
  afterAll(() => sandbox.close());
  return sandbox;
}

export type Json = Record<string, unknown>;

export interface Got {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Json;
}

export async function getJson(url: string, headers: Record<string, string> = {}): Promise<Got> {
  const response = await fetch(url, { headers, redirect: "manual" });
  return jsonOf(response);
}

export async function postJson(url: string, body: unknown, headers = {}): Promise<Got> {
  return jsonOf(await fetch(url, { method: "POST", body: JSON.stringify(body), headers }));
}

async function jsonOf(response: Response): Promise<Got> {
  const text = await response.text();
  const body = (text === "" ? {} : JSON.parse(text)) as Json;
  return { status: response.status, headers: response.headers, body };
}

/** The first page of a session that asks for no credentials. */
export function firstPage(session: Session): Promise<Got> {
  return getJson(`${session.baseUrl}/v1/items`);
}

/** The code of the network error that a request ends in. */
export async function failureOf(url: string, init: RequestInit = {}): Promise<string> {
  try {
    await (await fetch(url, init)).text();
  } catch (error) {
    const { cause, name } = error as { cause?: { code?: string }; name: string };
    return cause?.code ?? name;
  }
  return "no failure";
}

export function idsOf(body: Json): string[] {
  return (body["items"] as { id: string }[]).map(({ id }) => id);
}

/** `item-0001` to `item-<last>`. */
export function itemIds(last: number, first = 1): string[] {
  return Array.from(
    { length: last - first + 1 },
    (_, index) => `item-${String(first + index).padStart(4, "0")}`,
  );
}
