import { constants, crc32, deflateRawSync } from "node:zlib";
import { type Answer, jsonAnswer, mergeHeaders, problem, textAnswer } from "./answer.js";
import { refused } from "./auth.js";
import { isObject, type JsonObject, withField, withoutField } from "./dotted.js";
import type { Received } from "./received.js";
import { retryAfterHeaders } from "./retry-after.js";
import type { Session } from "./session.js";
import type { Step } from "./step.js";

/** The answer that a step gives by itself; undefined where the real one is to stand. */
export function ownAnswer(step: Step, request: Received, session: Session): Answer | undefined {
  const { status } = step;
  if (step.json !== undefined) return jsonAnswer(status ?? 200, step.json);
  if (step.text !== undefined) return textAnswer(status ?? 200, step.text, "text/plain");
  if (step.base64 !== undefined) return bytesAnswer(status ?? 200, step.base64);
  if (step.html === true) return textAnswer(status ?? 200, MAINTENANCE, "text/html");
  if (step.echo === true) return problem(status ?? 400, echoOf(request));
  if (step.hugeBytes !== undefined) return huge(status ?? 200, step.hugeBytes);
  if (step.gzipBytes !== undefined) return gzipBomb(status ?? 200, step.gzipBytes);
  if (status === undefined || isSuccess(status)) return undefined;
  const detail = `The sandbox was asked for ${status}`;
  return status === 401 ? refused(session.settings.auth, detail) : problem(status, detail);
}

/** The answer with what the step changes in it. */
export function changed(answer: Answer, step: Step, request: Received, session: Session): Answer {
  const wait = step.retryAfter === undefined ? {} : retryAfterHeaders(step.retryAfter, Date.now());
  const status = isSuccess(answer.status) ? (step.status ?? answer.status) : answer.status;
  const extra = filledIn({ ...wait, ...step.headers }, request, session);
  return withFields(
    { ...answer, status, headers: mergeHeaders(answer.headers, extra) },
    filledIn(step.set ?? {}, request, session),
    step.omit ?? [],
  );
}

/** The page with what the settings change in every page. */
export function changedPage(answer: Answer, request: Received, session: Session): Answer {
  const { headers, set, omit } = session.settings.everyPage;
  return isSuccess(answer.status)
    ? changed(answer, { headers, set, omit }, request, session)
    : answer;
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

function withFields(answer: Answer, set: JsonObject, omit: readonly string[]): Answer {
  if (answer.body.kind !== "json" || !isObject(answer.body.value)) return answer;
  const without = omit.reduce(withoutField, answer.body.value);
  const value = Object.entries(set).reduce(
    (body, [name, field]) => withField(body, name, field),
    without,
  );
  return { ...answer, body: { kind: "json", value } };
}

/** A copy with the placeholders in its texts replaced. */
function filledIn<Value>(
  values: Readonly<Record<string, Value>>,
  { url }: Received,
  { baseUrl }: Session,
): Record<string, Value> {
  const fill = (text: string) =>
    text
      .replaceAll("{url}", url.href)
      .replaceAll("{base}", baseUrl)
      .replaceAll("{origin}", url.origin);
  const fillAny = (value: unknown): unknown => {
    if (typeof value === "string") return fill(value);
    return Array.isArray(value) ? value.map(fillAny) : value;
  };
  const filled = Object.entries(values).map(([name, value]) => [name, fillAny(value)]);
  return Object.fromEntries(filled) as Record<string, Value>;
}

function bytesAnswer(status: number, base64: string): Answer {
  return {
    ...jsonAnswer(status, undefined),
    body: { kind: "bytes", bytes: Buffer.from(base64, "base64") },
  };
}

const MAINTENANCE = "<!doctype html><title>Maintenance</title><p>We'll be back soon.</p>\n";

function echoOf({ method, url, headers, body }: Received): string {
  const sent = Object.entries(headers).map(([name, value]) => `${name}: ${String(value)}`);
  return `Refused ${method} ${url.href} with ${sent.join("; ")}; ${body}`;
}

const HEAD = '{"items":[],"pad":"';
const TAIL = '"}';
const CHUNK = 1024 * 1024;

function huge(status: number, bytes: number): Answer {
  const answer = jsonAnswer(status, undefined);
  return { ...answer, body: { kind: "stream", chunks: () => padded(bytes) } };
}

const GZIP_HEAD = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);
const LAST_BLOCK = Buffer.from([3, 0]);

/**
 * One member of RFC 1952, as some clients read no other after the first. A block that ends with a
 * full flush knows nothing of those before it, so one small one is enough to build a big body.
 */
function gzipBomb(status: number, bytes: number): Answer {
  const deflated = (chunk: Buffer) =>
    deflateRawSync(chunk, { finishFlush: constants.Z_FULL_FLUSH });
  let full: Buffer | undefined;
  const blockOf = (chunk: Buffer) =>
    chunk.length < CHUNK ? deflated(chunk) : (full ??= deflated(chunk));
  const chunks = function* () {
    let sum = 0;
    yield GZIP_HEAD;
    for (const chunk of padded(bytes)) {
      sum = crc32(chunk, sum);
      yield blockOf(chunk);
    }
    const end = Buffer.alloc(8);
    end.writeUInt32LE(sum, 0);
    end.writeUInt32LE(bytes % 2 ** 32, 4);
    yield Buffer.concat([LAST_BLOCK, end]);
  };
  const answer = jsonAnswer(status, undefined, { "Content-Encoding": "gzip" });
  return { ...answer, body: { kind: "stream", chunks } };
}

/** A JSON object of so many bytes, in chunks. */
function* padded(bytes: number): Iterable<Buffer> {
  const full = Buffer.alloc(CHUNK, "x");
  yield Buffer.from(HEAD);
  for (let left = bytes - HEAD.length - TAIL.length; left > 0; left -= CHUNK) {
    yield full.subarray(0, Math.min(left, CHUNK));
  }
  yield Buffer.from(TAIL);
}
