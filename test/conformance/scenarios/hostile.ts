/** What a server may do that means harm, or that no client should have to expect. */
import assert from "node:assert/strict";
import type { SessionOptions } from "../../../src/sandbox/index.js";
import { callsEnd, exitsWith, logsOnlyJson, outcomeOf, sends } from "../judging.js";
import { type Choices, paginates, type Scenario, type Seen, usesOAuth } from "../scenario.js";

type Steps = NonNullable<SessionOptions["steps"]>;

const MEGABYTE = 1_000_000;
const CANARY = "canary/s3cret+0123456789";
/** A value that can be turned into no text in JavaScript. */
const NO_TEXT = { toString: 1, valueOf: 1 };

const ANYWHERE: Scenario["breaks"] = {
  javascript: [["!origins.includes(url.origin) ||", ""]],
  python: [[/origin_of\(url\) not in self\._origins/, "False"]],
};
const UNBOUNDED: Scenario["breaks"] = {
  javascript: [["if (size > MAX_BODY_BYTES) throw", "if (size > 1e12) throw"]],
  python: [["if len(body) > MAX_BODY_BYTES:", "if len(body) > 1e12:"]],
};

/** Addresses that no public server has; the port is that of a service that answers nothing. */
const PRIVATE = [
  ...["http://169.254.169.254:9/latest/meta-data/", "http://10.0.0.1:9/", "http://127.0.0.2:9/"],
  ...["https://192.168.0.1:9/", "http://[fe80::1]:9/", "http://[::ffff:169.254.169.254]:9/"],
  ...["http://0x7f000002:9/", "//172.16.0.1:9/", "http://0:9/"],
];
const hasNextUrls = ({ pagination }: Choices) =>
  pagination === "next-url" || pagination === "link-header";

/** Each of them is refused, before anybody could have been asked. */
function refusesAll(seen: Seen): void {
  callsEnd(seen, ...PRIVATE.map(() => "protocol"));
  for (const { ms } of seen.outcomes) assert.ok(ms < 5000, `it takes ${ms} ms`);
}

const isUsed = (outcome: { readonly value?: unknown }) =>
  outcome.value as { readonly used: number; readonly peak: number };

/** How the client ends that gets one answer, which breaks the protocol whatever is in it. */
const oddToken = (name: string, token: SessionOptions["token"], breaks: Scenario["breaks"]) => ({
  behaviour: 10,
  title: `a token answer with ${name} is refused`,
  axes: [],
  applies: usesOAuth,
  session: { token },
  judge: (seen: Seen) => {
    exitsWith(seen, "protocol", 0);
    logsOnlyJson(seen);
    sends(seen.tokenRequests, 1);
  },
  breaks,
});
const ODD: readonly (readonly [name: string, value: unknown])[] = [
  ["an object", NO_TEXT],
  ["an array", [3600]],
  ["a boolean", true],
];

export const HOSTILE: readonly Scenario[] = [
  ...[...ODD, ["a number", 5] as const, ["null", null] as const].map(([name, value]) =>
    oddToken(
      `${name} as access_token`,
      { set: { access_token: value } },
      {
        javascript: [['typeof token !== "string" || !/^[!-~]+$/.test(token)', "false"]],
        python: [['not isinstance(token, str) or not re.fullmatch("[!-~]+", token)', "False"]],
      },
    ),
  ),
  ...ODD.map(([name, value]) =>
    oddToken(
      `${name} as token_type`,
      { set: { token_type: value } },
      {
        javascript: [[/if \(.*\) \{(?=\n.*a token_type other)/, "if (false) {"]],
        python: [['str(field(data, "token_type")).lower() != "bearer"', "False"]],
      },
    ),
  ),
  ...[...ODD, ["1e400", undefined] as const].map(([name, value]) =>
    oddToken(
      `${name} as expires_in`,
      value === undefined ? { expiresInLiteral: "1e400" } : { set: { expires_in: value } },
      {
        javascript: [[/if \(.*\) \{(?=\n.*an expires_in that)/, "if (false) {"]],
        python: [
          [/if not re\.fullmatch\(r"\[0-9\][^"]*", str\(expires_in\)\)/, "if False"],
          ["return token, float(expires_in)", "return token, 60"],
        ],
      },
    ),
  ),
  ...(["offset", "page"] as const).flatMap((pagination): Scenario[] => [
    {
      behaviour: 61,
      title: `with the name of the id no record comes twice (${pagination})`,
      axes: [],
      applies: (choices) => choices.pagination === pagination,
      set: { idField: "id" },
      session: { insert: { before: 2 } },
      judge: (seen) => {
        exitsWith(seen, "done", 250);
        const ids = seen.lines.map((line) => (line as { id: string }).id);
        assert.equal(new Set(ids).size, 250);
        assert.ok(ids.includes("item-0001") && ids.includes("item-0250"));
      },
      breaks: {
        javascript: [["return id === undefined ||", "return true ||"]],
        python: [["if key not in self._ids:", "if True:"]],
      },
    },
    {
      behaviour: 61,
      title: `a total that changes is warned about (${pagination})`,
      axes: [],
      applies: (choices) => choices.pagination === pagination,
      session: { insert: { before: 2 } },
      judge: (seen) => {
        exitsWith(seen, "done", 251);
        const warnings = seen.logs.filter(({ message }) => /total changed/.test(String(message)));
        assert.deepEqual(
          warnings.map(({ level }) => level),
          ["warn"],
        );
      },
      breaks: {
        javascript: [["if (total !== (this.#total ?? total)) log(", "if (false) log("]],
        python: [["if self._total not in (None, total):", "if False:"]],
      },
    },
    {
      behaviour: 61,
      title: `an empty page before the total is warned about (${pagination})`,
      axes: [],
      applies: (choices) => choices.pagination === pagination,
      session: { steps: ["ok", { emptyPage: true }] },
      judge: (seen) => {
        exitsWith(seen, "done", 100);
        assert.deepEqual(
          seen.logs.map(({ level, message }) => `${String(level)}: ${String(message)}`),
          ["warn: an empty page came before the end"],
        );
      },
      breaks: {
        javascript: [["if (more && records.length === 0) log(", "if (false) log("]],
        python: [["if more and not records:", "if False:"]],
      },
    },
  ]),
  {
    behaviour: 74,
    title: "a long explanation is cut after its secrets have been blotted out",
    axes: ["auth"],
    applies: ({ auth }) => auth !== "none",
    session: {
      credentials: { API_TOKEN: CANARY, API_KEY: CANARY, API_PASSWORD: CANARY },
      token: { prefix: CANARY },
      steps: [
        {
          status: 422,
          json: { title: "Unfit", detail: `${"d".repeat(175)} ${CANARY}-1 ${"d".repeat(65_536)}` },
          headers: { "Content-Type": "application/problem+json" },
        },
      ],
    },
    judge: (seen) => {
      exitsWith(seen, "failed", 0);
      const message = String(seen.logs[0]?.["message"]);
      assert.match(message, /: Unfit d{175} \[redacted\]/);
      assert.ok(message.length < 500, `${message.length} characters`);
      assert.ok(!seen.stderr.includes(CANARY.slice(0, 10)));
    },
    breaks: {
      javascript: [["return forms.reduce(", "return text;\n  return forms.reduce("]],
      python: [["for secret in secrets:", "for secret in ():"]],
    },
  },
  {
    behaviour: 74,
    title: "an explanation of another form is no reason to fail otherwise",
    axes: [],
    session: {
      steps: [
        { title: NO_TEXT, detail: [[NO_TEXT]] },
        { title: null, detail: 5 },
        [NO_TEXT],
        null,
        "text",
        5,
      ].map((json) => ({ status: 422, json })),
    },
    calls: [{ do: "request", times: 6 }],
    judge: (seen) => {
      callsEnd(seen, ...Array<string>(6).fill("failed"));
      for (const { message } of seen.outcomes) assert.match(String(message), /answered 422/);
    },
    breaks: {
      javascript: [[/\.filter\(\((\w+)\) => typeof \1 === "string"\)/, ""]],
      python: [['str(field(data, name) or "")', 'data.get(name, "")']],
    },
  },
  ...[301, 302, 303, 307, 308].map((status): Scenario => ({
    behaviour: 77,
    title: `no write follows a ${status}, not even within the origin`,
    axes: [],
    session: { steps: [{ status, headers: { Location: "{url}" } }], after: "last" },
    calls: ["POST", "PUT", "PATCH", "DELETE"].map((method) => ({
      do: "request",
      method,
      json: { a: 1 },
    })),
    judge: (seen) => {
      callsEnd(seen, ...Array<string>(4).fill("failed"));
      assert.deepEqual(
        seen.requests.map(({ method }) => method),
        ["POST", "PUT", "PATCH", "DELETE"],
      );
    },
    breaks: {
      javascript: [['!["GET", "HEAD"].includes(method) || ', ""]],
      python: [[' and method in ("GET", "HEAD")', ""]],
    },
  })),
  {
    behaviour: 78,
    title: "redirects to private addresses are refused before anybody is asked",
    axes: [],
    set: { timeoutMs: 500, maxAttempts: 1 },
    session: { steps: PRIVATE.map((Location) => ({ status: 302, headers: { Location } })) },
    calls: [{ do: "request", times: PRIVATE.length }],
    judge: (seen) => {
      refusesAll(seen);
      sends(seen.requests, PRIVATE.length);
    },
    breaks: ANYWHERE,
  },
  {
    behaviour: 78,
    title: "next links to private addresses are refused before anybody is asked",
    axes: ["pagination"],
    applies: hasNextUrls,
    set: { timeoutMs: 500, maxAttempts: 1 },
    session: {
      steps: PRIVATE.map((url) => ({
        headers: { Link: `<${url}>; rel="next"` },
        set: { next: url },
      })),
    },
    calls: PRIVATE.map(() => ({ do: "take", count: 250 })),
    judge: (seen) => {
      refusesAll(seen);
      sends(seen.requests, PRIVATE.length);
    },
    breaks: ANYWHERE,
  },
  {
    behaviour: 80,
    title: "a redirect to what is no URL is an error of the server's",
    axes: [],
    session: {
      steps: ["http://[bad", "http://[::1", "http://a:b:c/", "http://\u00ad/"].map((Location) => ({
        status: 302,
        headers: { Location },
      })) as Steps,
    },
    calls: [{ do: "request", times: 4 }],
    judge: (seen) => {
      assert.equal(seen.outcomes.length, 4);
      const kinds = new Set(["failed", "protocol", "unavailable"]);
      for (const { kind = "" } of seen.outcomes) assert.ok(kinds.has(kind), `it ends with ${kind}`);
      sends(seen.requests, 4);
    },
    breaks: {
      javascript: [[" || !URL.canParse(location, url.href)", ""]],
      python: [
        ["(OSError, ValueError", "(OSError, BufferError"],
        [/origin_of\(url\) not in self\._origins/, "False"],
      ],
    },
  },
  {
    behaviour: 80,
    title: "a header beyond all measure is a failed answer",
    axes: [],
    set: { maxAttempts: 2 },
    session: { steps: [{ headers: { "X-Big": "x".repeat(100_000) } }], after: "last" },
    judge: (seen) => {
      exitsWith(seen, "unavailable", 0);
      logsOnlyJson(seen);
    },
    breaks: {
      javascript: [["cause?.code;", "undefined;"]],
      python: [["(OSError, ValueError", "(BufferError, ValueError"]],
    },
  },
  {
    behaviour: 82,
    title: "memory stays flat, however many pages there are",
    axes: ["pagination"],
    applies: paginates,
    set: { pageSize: 10 },
    session: { endless: true, everyPage: { set: { pad: "x".repeat(100_000) } } },
    calls: [
      { do: "memory" },
      { do: "take", count: 300 },
      { do: "memory" },
      { do: "take", count: 3000 },
      { do: "memory" },
    ],
    judge: (seen) => {
      callsEnd(seen, ...Array<string>(5).fill("ok"));
      sends(seen.requests, 330);
      const grown = isUsed(outcomeOf(seen, 4)).used - isUsed(outcomeOf(seen, 2)).used;
      assert.ok(grown < 10 * MEGABYTE, `300 pages more hold ${grown} bytes`);
    },
    breaks: {
      javascript: [
        ["if (ok) return {", "if (ok) return (globalThis.kept ??= []).push({ ...data }), {"],
      ],
      python: [
        [
          "return Answer(data, headers, url)",
          "return globals().setdefault('kept', []).append(data) or Answer(data, headers, url)",
        ],
      ],
    },
  },
  {
    behaviour: 82,
    title: "a body that is too large is refused before its end, once",
    axes: ["retry"],
    set: { maxBodyBytes: 100_000 },
    session: { steps: [{ hugeBytes: 60 * MEGABYTE }] },
    judge: (seen) => {
      exitsWith(seen, "protocol", 0);
      sends(seen.requests, 1);
      assert.ok(seen.requests[0]?.clientClosed, "the client ends the answer");
    },
    breaks: UNBOUNDED,
  },
  ...[200, 302, 503].map((status): Scenario => ({
    behaviour: 82,
    title: `what unpacks to a huge body is refused, with little memory (${status})`,
    axes: [],
    set: { maxBodyBytes: MEGABYTE },
    session: {
      steps: [{ status, gzipBytes: 200 * MEGABYTE, headers: { Location: "{url}" } }],
    },
    calls: [{ do: "memory" }, { do: "request" }, { do: "memory" }],
    judge: (seen) => {
      callsEnd(seen, "ok", "protocol", "ok");
      sends(seen.requests, 1);
      const grown = isUsed(outcomeOf(seen, 2)).peak - isUsed(outcomeOf(seen, 0)).peak;
      assert.ok(grown < 80 * MEGABYTE, `it takes ${grown} bytes more`);
    },
    breaks: UNBOUNDED,
  })),
];
