import { type Answer, jsonAnswer, problem } from "./answer.js";
import type { Received } from "./received.js";
import type { Session } from "./session.js";
import { GRANT_TYPES_OF } from "./words.js";

/** RFC 8252 §7.3: an address of this machine, at any port. */
const LOOPBACK = /^http:\/\/(127\.0\.0\.1|\[::1\]):\d+\//;

/**
 * The authorization endpoint of RFC 6749 §4.1 with RFC 7636 and RFC 9207, where the user always
 * agrees: it sends the browser back at once.
 */
export function authorizeAnswer({ url }: Received, session: Session): Answer {
  const { auth, authorize } = session.settings;
  if (!GRANT_TYPES_OF[auth].includes("authorization_code")) {
    return problem(404, `${auth} has no authorization endpoint`);
  }
  const asked = Object.fromEntries(url.searchParams);
  const mistake = mistakeIn(asked, session);
  if (mistake !== undefined) return problem(400, mistake);
  const { redirect_uri: redirectUri = "", code_challenge: challenge = "", state = "" } = asked;
  const code = session.tokens.newCode({ redirectUri, challenge });
  const back = new URL(redirectUri);
  const parameters = { code, state, iss: session.baseUrl, ...authorize.set };
  for (const [name, value] of Object.entries(parameters)) {
    if (!authorize.omit.includes(name)) back.searchParams.set(name, value);
  }
  return jsonAnswer(302, undefined, { Location: back.href });
}

function mistakeIn(
  asked: Readonly<Record<string, string | undefined>>,
  session: Session,
): string | undefined {
  const {
    client_id: id = "",
    redirect_uri: redirectUri = "",
    code_challenge: challenge = "",
  } = asked;
  if (!session.isValid("API_CLIENT_ID", id)) return "The client_id isn't known";
  if (!LOOPBACK.test(redirectUri)) return "The redirect_uri is no loopback address";
  if (asked["response_type"] !== "code") return "The response_type must be code";
  if (asked["code_challenge_method"] !== "S256") return "The code_challenge_method must be S256";
  if (!/^[\w-]{43}$/.test(challenge)) return "The code_challenge is no SHA-256 in base64url";
  return undefined;
}
