import { type Answer, problem } from "./answer.js";
import type { Received } from "./received.js";
import type { Session } from "./session.js";
import type { Auth } from "./words.js";

/** Lets the request in (undefined), or says why not. */
type Check = (request: Received, session: Session) => Answer | undefined;

const oauth: Check = (request, session) => {
  const { auth } = session.settings;
  const token = schemeValue(request, "bearer");
  if (token === undefined) return refused(auth, "No bearer token came");
  if (session.tokens.accepts(token)) return undefined;
  return refused(auth, "The token is unknown, expired or revoked", "invalid_token");
};

export const CHECKS: Readonly<Record<Auth, Check>> = {
  none: () => undefined,

  bearer: (request, session) => {
    const token = schemeValue(request, "bearer");
    if (token === undefined) return refused("bearer", "No bearer token came");
    if (session.isValid("API_TOKEN", token)) return undefined;
    return refused("bearer", "The token isn't valid", "invalid_token");
  },

  "api-key-header": (request, session) => {
    const name = session.settings.names.apiKeyHeader;
    const key = request.headers[name.toLowerCase()];
    if (typeof key === "string" && session.isValid("API_KEY", key)) return undefined;
    return refused("api-key-header", `No valid key came in the header ${name}`);
  },

  "api-key-query": (request, session) => {
    const name = session.settings.names.apiKeyParam;
    const [key, ...more] = request.url.searchParams.getAll(name);
    if (more.length > 0) return problem(400, `${name} came more than once`);
    if (key !== undefined && session.isValid("API_KEY", key)) return undefined;
    return refused("api-key-query", `No valid key came in the parameter ${name}`);
  },

  basic: (request, session) => {
    const pair = basicPair(request);
    const valid =
      pair !== undefined &&
      session.isValid("API_USERNAME", pair.user) &&
      session.isValid("API_PASSWORD", pair.password);
    return valid ? undefined : refused("basic", "No valid user name and password came");
  },

  "oauth2-client-credentials": oauth,
  "oauth2-refresh-token": oauth,
  "oauth2-authorization-code": oauth,
};

const CHALLENGES: Readonly<Record<Auth, string>> = {
  none: "None",
  bearer: 'Bearer realm="sandbox"',
  "api-key-header": 'ApiKey realm="sandbox"',
  "api-key-query": 'ApiKey realm="sandbox"',
  basic: 'Basic realm="sandbox", charset="UTF-8"',
  "oauth2-client-credentials": 'Bearer realm="sandbox"',
  "oauth2-refresh-token": 'Bearer realm="sandbox"',
  "oauth2-authorization-code": 'Bearer realm="sandbox"',
};

/** 401 with the challenge that RFC 9110 §11.6.1 asks for. */
export function refused(auth: Auth, detail: string, error?: string): Answer {
  const suffix = error === undefined ? "" : `, error="${error}"`;
  return problem(401, detail, { "WWW-Authenticate": CHALLENGES[auth] + suffix });
}

/** The user and password of RFC 7617, read as UTF-8. */
export function basicPair(request: Received): { user: string; password: string } | undefined {
  const text = schemeValue(request, "basic");
  if (text === undefined) return undefined;
  const pair = Buffer.from(text, "base64").toString("utf8");
  const colon = pair.indexOf(":");
  if (colon === -1) return undefined;
  return { user: pair.slice(0, colon), password: pair.slice(colon + 1) };
}

function schemeValue(request: Received, scheme: string): string | undefined {
  const [name = "", value] = (request.headers.authorization ?? "").split(/ +/, 2);
  return name.toLowerCase() === scheme ? value : undefined;
}
