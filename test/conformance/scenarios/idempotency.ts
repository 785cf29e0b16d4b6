/** Writes with an idempotency key, called with the client. */
import assert from "node:assert/strict";
import { callsEnd, gaps, keysOf, sends } from "../judging.js";
import { type Call, retries, type Scenario, usesOAuth } from "../scenario.js";

const KEYED = { job: { extras: ["idempotency"] } } as const;
const UUID4 = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";
const WRITE: Call = { do: "write", json: { name: "a" } };

const NEW_KEY_EACH_TIME: Scenario["breaks"] = {
  javascript: [
    [
      /const \{ method, url.* \} = message;/,
      "$&\n    message.headers.set(IDEMPOTENCY_HEADER, randomUUID());",
    ],
  ],
  python: [
    [
      '**options.get("headers", {})}\n',
      '**options.get("headers", {}), IDEMPOTENCY_HEADER: str(uuid.uuid4())}\n',
    ],
  ],
};

export const IDEMPOTENCY: readonly Scenario[] = [
  {
    ...KEYED,
    behaviour: 69,
    title: "each write has a key of its own, the same in all attempts, and is done once",
    axes: ["retry"],
    applies: retries,
    session: {
      steps: [
        { commit: true, delivery: "reset" },
        { commit: true, status: 503 },
      ],
    },
    calls: [WRITE, WRITE],
    judge: (seen) => {
      callsEnd(seen, "ok", "ok");
      const [first = "", ...more] = keysOf(seen.requests);
      assert.match(first, new RegExp(`^${UUID4}$`));
      assert.deepEqual(more.slice(0, 2), [first, first]);
      assert.match(more[2] ?? "", new RegExp(`^${UUID4}$`));
      assert.notEqual(more[2], first);
      assert.equal(seen.session.commits.length, 2);
    },
    breaks: NEW_KEY_EACH_TIME,
  },
  {
    ...KEYED,
    behaviour: 69,
    title: "a write that is sent once more with a new token keeps its key",
    axes: ["auth", "retry"],
    applies: usesOAuth,
    session: { steps: [{ status: 401 }] },
    calls: [WRITE],
    judge: (seen) => {
      callsEnd(seen, "ok");
      sends(seen.requests, 2);
      assert.equal(new Set(keysOf(seen.requests)).size, 1);
    },
    breaks: NEW_KEY_EACH_TIME,
  },
  {
    ...KEYED,
    behaviour: 70,
    title: "the key goes in the header that is asked for, quoted where that is asked for",
    axes: ["retry"],
    applies: retries,
    set: { idempotencyHeader: "X-Request-Key", keyQuoting: "quoted" },
    session: { steps: [{ status: 503 }, { status: 409 }] },
    calls: [WRITE],
    judge: (seen) => {
      callsEnd(seen, "ok");
      const [first = "", ...more] = keysOf(seen.requests, "x-request-key");
      assert.match(first, new RegExp(`^"${UUID4}"$`));
      assert.deepEqual(more, [first, first]);
      assert.deepEqual(new Set(keysOf(seen.requests)), new Set(["undefined"]));
    },
    breaks: {
      javascript: [["JSON.stringify(key)", "key"]],
      python: [["json.dumps(key)", "key"]],
    },
  },
  {
    ...KEYED,
    behaviour: 71,
    title: "409 while the first one is at work is waited for, with the same key",
    axes: ["retry"],
    applies: retries,
    session: {
      steps: [{ status: 409, headers: { "Retry-After-Ms": "300" } }, { status: 409 }],
    },
    calls: [WRITE],
    judge: (seen) => {
      callsEnd(seen, "ok");
      sends(seen.requests, 3);
      assert.equal(new Set(keysOf(seen.requests)).size, 1);
      const [wait = 0] = gaps(seen.requests);
      assert.ok(wait >= 300, `waited ${wait} ms`);
    },
    breaks: {
      javascript: [["status === 409 && sent.has(IDEMPOTENCY_HEADER)", "false"]],
      python: [["is_pending = status == 409 and", "is_pending = False and"]],
    },
  },
  {
    ...KEYED,
    behaviour: 71,
    title: "a key that comes again with another body is an error, and final",
    axes: ["retry"],
    calls: [
      { ...WRITE, key: "one-and-only" },
      { do: "write", json: { name: "b" }, key: "one-and-only" },
    ],
    judge: (seen) => {
      callsEnd(seen, "ok", "failed");
      sends(seen.requests, 2);
      assert.deepEqual(new Set(keysOf(seen.requests)), new Set(["one-and-only"]));
      assert.equal(seen.session.commits.length, 1);
    },
    breaks: {
      javascript: [["[IDEMPOTENCY_HEADER]: key }", "[IDEMPOTENCY_HEADER]: randomUUID() }"]],
      python: [["IDEMPOTENCY_HEADER: key}", "IDEMPOTENCY_HEADER: str(uuid.uuid4())}"]],
    },
  },
];
