/** Secrets, other origins and sizes. */
import assert from "node:assert/strict";
import { outcomeOf, sends } from "../../../test/conformance/judging.js";
import { AUTH } from "../../../test/conformance/scenarios/auth.js";
import { LOGGING, credentials, formsOf } from "../../../test/conformance/scenarios/logging.js";
import { MEMORY } from "../../../test/conformance/scenarios/memory.js";
import { PROCESS } from "../../../test/conformance/scenarios/process.js";
import { SECURITY } from "../../../test/conformance/scenarios/security.js";
import type { Seen } from "../../../test/conformance/scenario.js";
import { SANDBOX_CREDENTIALS } from "../../../src/sandbox/words.js";
import { type Case, bringNoCredential, caseOf, endsWithError, printsAll } from "../case.js";

const SECRETS = [SANDBOX_CREDENTIALS.API_TOKEN, SANDBOX_CREDENTIALS.API_KEY];
const NO_REDIRECTS = "follows no redirect unless it is asked to";

function stayHere({ elsewhere }: Seen): void {
  bringNoCredential(elsewhere.requests, SECRETS);
}

function keepSecrets({ stdout, stderr, choices }: Seen): void {
  assert.notEqual(stderr, "", "nothing is said");
  const said = stdout + stderr;
  const shown = formsOf(choices).find((form) => said.includes(form));
  assert.ok(shown === undefined, `the error shows ${String(shown)}`);
}

const secret = (title: string, step: object, auth?: Case["auth"]): Case => ({
  behaviour: 72,
  title: `no secret is shown by ${title}`,
  ...(auth && { auth }),
  set: { timeoutMs: 5000, maxAttempts: 2 },
  session: { credentials, steps: [step], after: "last" },
  judge: (seen) => {
    endsWithError(seen, 0);
    keepSecrets(seen);
  },
});

const keyOnce = (title: RegExp): Case =>
  caseOf(AUTH, title, {
    auth: "api-key-query",
    pagination: "link-header",
    set: {},
    judge: (seen) => {
      const counts = new Set(seen.requests.map(({ query }) => query["api_key"]?.length ?? 0));
      assert.ok(![...counts].some((count) => count > 1), "a request has the key twice");
      printsAll(seen);
    },
  });

export const SAFETY: readonly Case[] = [
  keyOnce(/^a key in the query.* with it$/),
  keyOnce(/^a key in the query.* without it$/),
  caseOf(AUTH, /^API_BASE_URL over http/, {
    title: "a token isn't sent over http to another machine",
    judge: (seen) => {
      sends(seen.requests, 0);
      endsWithError(seen, 0);
    },
  }),
  secret("an HTTP error (token in a header)", { status: 404 }),
  secret("an HTTP error (key in a header)", { status: 404 }, "api-key-header"),
  secret("an HTTP error (key in the query)", { status: 404 }, "api-key-query"),
  secret("a connection that breaks (token in a header)", { delivery: "reset" }),
  secret("a connection that breaks (key in the query)", { delivery: "reset" }, "api-key-query"),
  secret("an answer that repeats it", { status: 400, text: `not with ${credentials.API_TOKEN}` }),
  caseOf(LOGGING, /^what the server says of an error/, {
    judge: ({ stderr }) => {
      assert.match(stderr, /Unfit/, "it isn't shown");
      assert.ok(stderr.length < 20_000, `it takes ${stderr.length} characters`);
    },
  }),
  caseOf(SECURITY, /^a 302 to another origin/, {
    title: "a redirect to another origin gets no bearer token",
    judge: stayHere,
  }),
  caseOf(SECURITY, /^a 302 to another origin/, {
    title: "a redirect to another origin gets no API key of a header",
    auth: "api-key-header",
    judge: stayHere,
  }),
  caseOf(SECURITY, /^a redirect within the origin/, {
    judge: (seen) => {
      printsAll(seen);
    },
    not: { undici: NO_REDIRECTS, httpx_tenacity: NO_REDIRECTS },
  }),
  caseOf(SECURITY, /^a next URL at another origin/, {
    title: "a next URL at another origin gets no bearer token",
    pagination: "link-header",
    isOfPages: true,
    judge: stayHere,
  }),
  caseOf(SECURITY, /^a POST doesn't follow a 307/, {
    title: "a POST isn't made at another origin after 307",
    judge: ({ elsewhere }) => {
      const writes = elsewhere.requests.filter(({ method }) => method === "POST");
      assert.equal(writes.length, 0, "the other origin gets the POST and its body");
    },
  }),
  caseOf(PROCESS, /^a line break in a secret/, {
    title: "a line break in a secret makes no header",
    judge: (seen) => {
      endsWithError(seen, 0);
      const made = seen.requests.filter(({ headers }) => headers["x-injected"] !== undefined);
      assert.equal(made.length, 0, "the secret's second line is sent as a header");
    },
  }),
  caseOf(PROCESS, /^bodies of errors are let go/),
  caseOf(MEMORY, /^what unpacks to a huge body.*\(200\)/, {
    title: "what unpacks to a huge body is refused, with little memory",
    // For ever: some try again.
    set: { maxBodyBytes: 1_000_000, maxAttempts: 2 },
    session: { steps: [{ gzipBytes: 200_000_000 }], after: "last" },
    judge: (seen) => {
      assert.equal(outcomeOf(seen, 1).ok, false, "200 MB are taken");
      const [before, after] = [0, 2].map((index) => outcomeOf(seen, index).value);
      const grown = (after as { peak: number }).peak - (before as { peak: number }).peak;
      assert.ok(grown < 80_000_000, `it takes ${Math.round(grown / 1e6)} MB more`);
    },
    not: { undici: "unpacks nothing unless it is asked to" },
  }),
  caseOf(PROCESS, /^a signal that lives long/, { language: "javascript" }),
];
