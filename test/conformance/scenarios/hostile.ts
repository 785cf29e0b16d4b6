/** What a server may do that means harm, or that no client should have to expect. */
import assert from "node:assert/strict";
import { callsEnd, exitsWith, logsOnlyJson, sends } from "../judging.js";
import { type Choices, isJavaScript, type Scenario, type Seen } from "../scenario.js";

const CANARY = "canary/s3cret+0123456789";
/** A value that can be turned into no text in JavaScript. */
const NO_TEXT = { toString: 1, valueOf: 1 };

const ANYWHERE: Scenario["breaks"] = {
  javascript: [["!origins.includes(url.origin) ||", ""]],
  python: [[/origin_of\(url\) not in self\._origins/, "False"]],
};

/** Addresses that no public server has; the port is that of a service that answers nothing. */
const PRIVATE = [
  ...["http://169.254.169.254:9/latest/meta-data/", "http://10.0.0.1:9/", "http://127.0.0.2:9/"],
  ...["https://192.168.0.1:9/", "http://[fe80::1]:9/", "http://[::ffff:169.254.169.254]:9/"],
  ...["http://0x7f000002:9/", "//172.16.0.1:9/", "http://0:9/"],
];
const NO_URLS = ["http://[bad", "http://[::1", "http://a:b:c/", "http://\u00ad/"];
const hasNextUrls = ({ pagination }: Choices) =>
  pagination === "next-url" || pagination === "link-header";

/** Each of them is refused, before anybody could have been asked. */
function refusesAll(seen: Seen): void {
  callsEnd(seen, ...PRIVATE.map(() => "protocol"));
  for (const { ms } of seen.outcomes) assert.ok(ms < 5000, `it takes ${ms} ms`);
}

export const HOSTILE: readonly Scenario[] = [
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
      javascript: [["return patterns.reduce(", "return text;\n  return patterns.reduce("]],
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
      javascript: [["  const said =", "  JSON.parse(text).title.trim();\n  const said ="]],
      python: [["{field(data, 'title') or ''}", "{data.get('title', '')}"]],
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
    set: { timeoutMs: 3000, maxAttempts: 1 },
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
    set: { timeoutMs: 3000, maxAttempts: 1 },
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
      steps: [...NO_URLS, ...NO_URLS].map((Location) => ({ status: 302, headers: { Location } })),
    },
    calls: [
      { do: "request", times: NO_URLS.length },
      { do: "request", method: "POST", json: {}, times: NO_URLS.length },
    ],
    judge: (seen) => {
      const kinds = seen.outcomes.map(({ kind = "ok" }) => kind);
      const refused = isJavaScript(seen.choices) ? "failed" : "failed|unavailable";
      const [reads, writes] = [kinds.slice(0, NO_URLS.length), kinds.slice(NO_URLS.length)];
      for (const kind of reads) assert.match(kind, new RegExp(`^(protocol|${refused})$`));
      for (const kind of writes) assert.match(kind, new RegExp(`^(${refused})$`));
      assert.equal(kinds.length, 2 * NO_URLS.length);
      sends(seen.requests, 2 * NO_URLS.length);
    },
    breaks: {
      javascript: [[" || !URL.canParse(location, url.href)", ""]],
      python: [
        ["(OSError, ValueError, futures", "(OSError, BufferError, futures"],
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
      javascript: [["(cause?.code ?? cause?.message)", "undefined"]],
      python: [["(OSError, ValueError, futures", "(BufferError, ValueError, futures"]],
    },
  },
];
