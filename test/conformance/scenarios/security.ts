import assert from "node:assert/strict";
import { callsEnd, deliversAll, exitsWith, sends } from "../judging.js";
import { type Choices, type Place, type Scenario, usesOAuth } from "../scenario.js";

const ANYWHERE: Scenario["breaks"] = {
  javascript: [["!origins.includes(url.origin) || url.username || url.password ||", ""]],
  python: [[/origin_of\(url\) not in self\._origins/, "False"]],
};
const hasNextUrls = ({ pagination }: Choices) =>
  pagination === "next-url" || pagination === "link-header";
const records = ({ elsewhere }: Place) => `${elsewhere.baseUrl}/v1/items`;
const nextUrl = (url: string) => ({
  headers: { Link: `<${url}>; rel="next"` },
  set: { next: url },
});

export const SECURITY: readonly Scenario[] = [
  ...[301, 302, 303, 307, 308].map((status): Scenario => ({
    behaviour: 75,
    title: `a ${status} to another origin isn't followed`,
    axes: status === 302 ? ["auth"] : [],
    session: (place) => ({ steps: [{ status, headers: { Location: records(place) } }] }),
    judge: (seen) => {
      exitsWith(seen, "protocol", 0);
      sends(seen.elsewhere.requests, 0);
    },
    breaks: ANYWHERE,
  })),
  {
    behaviour: 75,
    title: "a redirect within the origin is followed",
    axes: [],
    session: {
      steps: [301, 302, 303, 307, 308].map((status) => ({
        status,
        headers: { Location: "{url}" },
      })),
    },
    judge: (seen) => {
      deliversAll(seen);
    },
    breaks: {
      javascript: [["redirects > 5", "redirects > 4"]],
      python: [["hops > 5", "hops > 4"]],
    },
  },
  {
    behaviour: 75,
    title: "redirects that don't end are an error",
    axes: [],
    session: { steps: [{ status: 302, headers: { Location: "{url}" } }], after: "last" },
    judge: (seen) => {
      exitsWith(seen, "protocol", 0);
      sends(seen.requests, 6);
    },
    breaks: {
      javascript: [["redirects > 5", "redirects > 50"]],
      python: [["hops > 5", "hops > 50"]],
    },
  },
  {
    behaviour: 76,
    title: "a next URL at another origin is refused",
    axes: ["pagination"],
    applies: hasNextUrls,
    session: (place) => ({ steps: [nextUrl(records(place))] }),
    judge: (seen) => {
      exitsWith(seen, "protocol", 100);
      sends(seen.elsewhere.requests, 0);
    },
    breaks: ANYWHERE,
  },
  {
    behaviour: 76,
    title: "a next URL with another scheme is refused",
    axes: ["pagination"],
    applies: hasNextUrls,
    session: ({ api }) => ({ steps: [nextUrl(api.replace("http:", "https:") + "/v1/items")] }),
    judge: (seen) => {
      exitsWith(seen, "protocol", 100);
      sends(seen.requests, 1);
    },
    breaks: {
      javascript: [["includes(url.origin)", 'includes(url.origin.replace("https:", "http:"))']],
      python: [["origin_of(url) not in", 'origin_of(url).replace("https:", "http:") not in']],
    },
  },
  {
    behaviour: 76,
    title: "a next URL with a user name is refused",
    axes: ["pagination"],
    applies: hasNextUrls,
    session: ({ api }) => ({ steps: [nextUrl(api.replace("//", "//user:word@") + "/v1/items")] }),
    judge: (seen) => {
      exitsWith(seen, "protocol", 100);
      sends(seen.requests, 1);
    },
    breaks: ANYWHERE,
  },
  {
    behaviour: 76,
    title: "an origin that is allowed by name is followed",
    axes: ["pagination"],
    applies: (choices) => hasNextUrls(choices) && !usesOAuth(choices),
    edits: ({ elsewhere }) => [
      ['ALLOWED_ORIGINS = ""', `ALLOWED_ORIGINS = "${new URL(elsewhere.baseUrl).origin}"`],
    ],
    session: (place) => ({ steps: [nextUrl(`${records(place)}?limit=50`)] }),
    judge: (seen) => {
      exitsWith(seen, "done", 100 + 250);
      sends(seen.requests, 1);
    },
    breaks: {
      javascript: [[', ...ALLOWED_ORIGINS.split(",")', ""]],
      python: [[', *ALLOWED_ORIGINS.split(",")', ""]],
    },
  },
  ...[307, 308, 302, 303].map((status): Scenario => ({
    behaviour: 77,
    title: `a POST doesn't follow a ${status}`,
    axes: [],
    session: (place) => ({ steps: [{ status, headers: { Location: records(place) } }] }),
    calls: [{ do: "request", method: "POST", json: { a: 1 } }],
    judge: (seen) => {
      assert.equal(seen.outcomes[0]?.ok, false);
      sends(seen.elsewhere.requests, 0);
      sends(seen.requests, 1);
      callsEnd(seen, seen.outcomes[0].kind ?? "");
    },
    breaks: {
      javascript: [...(ANYWHERE.javascript ?? []), ['!["GET", "HEAD"].includes(method) || ', ""]],
      python: [
        ...(ANYWHERE.python ?? []),
        [
          / or \(hops > 0 and method not in \("GET", "HEAD"\)\)| and method in \("GET", "HEAD"\)/,
          "",
        ],
      ],
    },
  })),
];
