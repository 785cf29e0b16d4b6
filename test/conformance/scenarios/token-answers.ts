import assert from "node:assert/strict";
import type { SessionOptions } from "../../../src/sandbox/index.js";
import { deliversAll, exitsWith, sends } from "../judging.js";
import { paginates, type Scenario, usesOAuth } from "../scenario.js";

type TokenOptions = NonNullable<SessionOptions["token"]>;

/** How the client takes one token answer: it walks to the end, or it refuses it. */
const answer = (title: string, token: TokenOptions, isFine: boolean, behaviour = 10): Scenario => ({
  behaviour,
  title,
  axes: [],
  applies: (choices) => usesOAuth(choices) && paginates(choices),
  session: { token },
  judge: (seen) => {
    if (isFine) deliversAll(seen);
    else exitsWith(seen, "protocol", 0);
    sends(seen.tokenRequests, 1);
  },
  breaks: {},
});

/** What the token endpoint may say of a token, and what it may not. */
export const TOKEN_ANSWERS: readonly Scenario[] = [
  {
    ...answer("no expires_in: used until it is refused", { omit: ["expires_in"] }, true),
    breaks: {
      javascript: [["lifetimeMs: Infinity", "lifetimeMs: 0"]],
      python: [["return token, math.inf", "return token, 0"]],
    },
  },
  {
    ...answer("expires_in as text is read", { expiresIn: "3600" }, true),
    breaks: {
      javascript: [
        ["String(expiresIn))", 'typeof expiresIn === "number" ? String(expiresIn) : "")'],
      ],
      python: [["str(expires_in))", 'str(expires_in) if isinstance(expires_in, int) else "")']],
    },
  },
  ...[{ expiresIn: -5 }, { expiresIn: "NaN" }, { expiresIn: "soon" }].map((token): Scenario => ({
    ...answer(`expires_in ${token.expiresIn} is refused`, token, false),
    breaks: {
      javascript: [[/if \(.*\) \{(?=\n.*an expires_in that)/, "if (false) {"]],
      python: [
        [/if not re\.fullmatch\(r"\[0-9\][^"]*", str\(expires_in\)\)/, "if False"],
        ["return token, float(expires_in)", "return token, 60"],
      ],
    },
  })),
  {
    behaviour: 11,
    title: "a token that was revoked is renewed once, and the request made again",
    axes: [],
    applies: usesOAuth,
    session: (place) => ({
      steps: place.choices.pagination === "single" ? [{ revoke: true }] : ["ok", { revoke: true }],
    }),
    judge: (seen) => {
      deliversAll(seen);
      sends(seen.tokenRequests, 2);
      assert.equal(seen.requests.filter(({ status }) => status === 401).length, 1);
    },
    breaks: {
      javascript: [["tokens.invalidate(token);", ""]],
      python: [["self._tokens.invalidate(token)", "pass"]],
    },
  },
  {
    ...answer("token_type may be in any case", { tokenType: "bEARER" }, true, 16),
    breaks: {
      javascript: [["type.toLowerCase() !==", "type !=="]],
      python: [['str(field(data, "token_type")).lower()', 'str(field(data, "token_type"))']],
    },
  },
  {
    ...answer("a token_type that isn't known is refused", { tokenType: "mac" }, false, 16),
    breaks: {
      javascript: [['|| type.toLowerCase() !== "bearer"', ""]],
      python: [['str(field(data, "token_type")).lower() != "bearer"', "False"]],
    },
  },
];
