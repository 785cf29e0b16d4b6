/** Token answers with values of other types than RFC 6749 says. */
import type { SessionOptions } from "../../../src/sandbox/index.js";
import { exitsWith, logsOnlyJson, sends } from "../judging.js";
import { type Scenario, type Seen, keepsTokens, usesOAuth } from "../scenario.js";

/** A value that can be turned into no text in JavaScript. */
const NO_TEXT = { toString: 1, valueOf: 1 };

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

export const ODD_TOKENS: readonly Scenario[] = [
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
  ...[...ODD, ["two lines", "a\nb"] as const].map(([name, value]) => ({
    ...oddToken(
      `${name} as refresh_token`,
      { set: { refresh_token: value } },
      {
        javascript: [[/if \(.*\) \{(?=\n.*no usable refresh_token)/, "if (false) {"]],
        python: [['not isinstance(token, str) or not re.fullmatch("[ -~]*", token)', "False"]],
      },
    ),
    applies: keepsTokens,
  })),
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
];
