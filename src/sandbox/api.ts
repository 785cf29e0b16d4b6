import { type Answer, jsonAnswer, problem } from "./answer.js";
import { CHECKS } from "./auth.js";
import { isObject } from "./dotted.js";
import { changedPage } from "./faults.js";
import { page } from "./pages.js";
import type { LoggedRequest, Received } from "./received.js";
import { type Records, recordsOf } from "./records.js";
import type { Session } from "./session.js";
import type { Step } from "./step.js";

/** What the API answers when no fault is asked for. */
export function apiAnswer(request: Received, session: Session, step: Step): Answer {
  const at = placeOf(request.path, session.settings.path);
  if (at === undefined) return problem(404, `Nothing is at ${request.path}`);
  const refusal = CHECKS[session.settings.auth](request, session);
  if (refusal !== undefined) return refusal;
  if (request.method !== "GET" && request.method !== "HEAD") return write(request, session);
  const { settings } = session;
  const records = recordsOf(settings, session.inserted);
  if (at !== "") return oneRecord(at, records);
  const answer = page({ settings, records, url: request.url, empty: step.emptyPage === true });
  return changedPage(answer, request, session);
}

/** What follows the collection in the path: an id, or nothing. Undefined: somewhere else. */
function placeOf(path: string, collection: string): string | undefined {
  const encoded = new URL(collection, "http://sandbox").pathname;
  if (path === encoded) return "";
  return path.startsWith(`${encoded}/`) ? path.slice(encoded.length + 1) : undefined;
}

function oneRecord(id: string, records: Records): Answer {
  const most = Math.min(records.count, MOST_SEARCHED);
  for (let index = 0; index < most; index++) {
    const record = records.at(index);
    if (isObject(record) && record["id"] === id) return jsonAnswer(200, record);
  }
  return problem(404, `There is no record ${id}`);
}

/** Endless data is not searched to the end. */
const MOST_SEARCHED = 10_000;

/** Records come in at the front before the requests that the settings name. */
export function insertRecords(session: Session, { number }: LoggedRequest): void {
  const { insert } = session.settings;
  if (insert === undefined) return;
  const due = insert.repeat ? number % insert.before === 0 : number === insert.before;
  if (due) session.inserted += insert.count;
}

/** Does a write, once for each idempotency key. */
function write(request: Received, session: Session): Answer {
  const key = request.headers["idempotency-key"];
  if (typeof key !== "string") return committed(request, session);
  const earlier = session.replays.get(key);
  if (earlier !== undefined) {
    if (earlier.body === request.body) return earlier.answer;
    return problem(422, "This idempotency key came before with another body");
  }
  const answer = committed(request, session);
  session.replays.set(key, { body: request.body, answer });
  return answer;
}

function committed({ method, url, headers, body }: Received, session: Session): Answer {
  const key = headers["idempotency-key"];
  const idempotencyKey = typeof key === "string" ? key : undefined;
  session.commits.push({ method, path: url.pathname, body, idempotencyKey });
  if (method === "DELETE") return { ...jsonAnswer(204, undefined), headers: {} };
  const id = `written-${String(session.commits.length).padStart(4, "0")}`;
  return jsonAnswer(method === "POST" ? 201 : 200, { id, ...fieldsOf(body) });
}

function fieldsOf(body: string): object {
  try {
    const value: unknown = JSON.parse(body);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}
