import type { IncomingMessage, ServerResponse } from "node:http";
import { performance } from "node:perf_hooks";
import { type Answer, problem } from "./answer.js";
import { apiAnswer, insertRecords } from "./api.js";
import { authorizeAnswer } from "./authorize.js";
import { Channel, DELIVER } from "./delivery.js";
import { changed, ownAnswer } from "./faults.js";
import type { LoggedRequest, Received } from "./received.js";
import { AUTHORIZE_PATH, type Session, TOKEN_PATH } from "./session.js";
import type { Step } from "./step.js";
import { tokenAnswer } from "./token.js";

/** One request and its answer, from the arrival to the last byte. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  /** The part of the path behind the base URL. */
  readonly path: string;
  /** The number of the connection. */
  readonly connection: number;
}

const KINDS: Readonly<Record<string, LoggedRequest["kind"]>> = {
  [TOKEN_PATH]: "token",
  [AUTHORIZE_PATH]: "authorize",
};
const ANSWERS = { api: apiAnswer, token: tokenAnswer, authorize: authorizeAnswer };

/** These end the exchange before the server has done what it was asked for. */
const UNDONE: readonly Step["delivery"][] = ["reset", "close", "hang"];

export async function serveSession(exchange: Exchange, session: Session): Promise<void> {
  const channel = new Channel(exchange.response);
  const entry = session.log(entryOf(exchange));
  session.connected(exchange.request.socket);
  exchange.response.once("close", () => {
    entry.endedAt = performance.now();
    entry.clientClosed = !channel.cutByServer && !exchange.response.writableFinished;
  });
  const step = session.stepFor(entry);
  const { method, headers } = entry;
  entry.body = await readBody(exchange.request);
  const { url, path } = exchange;
  const received: Received = { method, url, path, headers, body: entry.body };
  prepare(session, entry, step);
  await channel.pause(step.delayMs ?? 0);
  const answer = answerTo(received, session, step, entry.kind);
  const delivery = step.delivery ?? "whole";
  entry.delivery = delivery;
  if (!UNDONE.includes(delivery)) entry.status = answer.status;
  await DELIVER[delivery](channel, answer, step);
}

function entryOf(exchange: Exchange): Omit<LoggedRequest, "number"> {
  const { request, url, path, connection } = exchange;
  const query: Record<string, string[]> = {};
  for (const [name, value] of url.searchParams) (query[name] ??= []).push(value);
  return {
    kind: KINDS[path] ?? "api",
    at: performance.now(),
    method: request.method ?? "GET",
    path: url.pathname,
    query,
    headers: request.headers,
    body: "",
    connection,
    clientClosed: false,
  };
}

/** What changes on the server before it looks at the request. */
function prepare(session: Session, entry: LoggedRequest, step: Step): void {
  if (step.revoke === true) session.tokens.revokeAll();
  if (step.credentials !== undefined) session.rotate(step.credentials);
  if (entry.kind === "api") insertRecords(session, entry);
}

function answerTo(
  request: Received,
  session: Session,
  step: Step,
  kind: LoggedRequest["kind"],
): Answer {
  const throttle = kind === "api" ? session.throttle : undefined;
  const throttled = throttle?.admit(performance.now());
  const answer = throttled ?? faultyAnswer(request, session, step, kind);
  return throttle === undefined ? answer : throttle.announce(answer, performance.now());
}

function faultyAnswer(
  request: Received,
  session: Session,
  step: Step,
  kind: LoggedRequest["kind"],
): Answer {
  const real = () => ANSWERS[kind](request, session, step);
  const own = ownAnswer(step, request, session);
  const undone = own !== undefined || UNDONE.includes(step.delivery);
  const done = undone && step.commit !== true ? undefined : real();
  const answer = own ?? done ?? problem(500, "Never sent");
  return changed(answer, step, request, session);
}

const MOST_BODY_BYTES = 10 * 1024 * 1024;

export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MOST_BODY_BYTES) throw new Error("The request's body is too large");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
