import { createHash } from "node:crypto";
import { type Answer, jsonAnswer } from "./answer.js";
import { basicPair } from "./auth.js";
import { withoutField } from "./dotted.js";
import type { Grant, Received } from "./received.js";
import type { Session } from "./session.js";
import type { Settings } from "./settings.js";
import { GRANT_TYPES_OF, type GrantType } from "./words.js";

/** Spends what the client was granted, or says why it is none. */
type Spend = (form: URLSearchParams, session: Session) => string | undefined;

const SPEND: Readonly<Record<GrantType, Spend>> = {
  client_credentials: () => undefined,

  refresh_token: (form, session) => {
    const token = form.get("refresh_token") ?? "";
    if (!session.tokens.isRefreshToken(token) && !session.isValid("API_REFRESH_TOKEN", token)) {
      return "The refresh token isn't known";
    }
    if (session.tokens.isSpent(token)) return "The refresh token was used before";
    if (session.settings.token.rotates) session.tokens.spend(token);
    return undefined;
  },

  authorization_code: (form, session) => {
    const code = session.tokens.takeCode(form.get("code") ?? "");
    if (code === undefined) return "The code isn't known, or was used before";
    if (form.get("redirect_uri") !== code.redirectUri) return "The redirect_uri is another";
    const verifier = form.get("code_verifier") ?? "";
    const challenge = createHash("sha256").update(verifier).digest("base64url");
    const fits = /^[\w.~-]{43,128}$/.test(verifier) && challenge === code.challenge;
    return fits ? undefined : "The code_verifier doesn't fit the code_challenge";
  },
};

/** The token endpoint of RFC 6749 §4.1.3, §4.4 and §6. */
export function tokenAnswer(request: Received, session: Session): Answer {
  if (request.method !== "POST") return oauthError(405, "invalid_request", "Use POST");
  const mediaType = request.headers["content-type"] ?? "";
  if (!mediaType.toLowerCase().startsWith("application/x-www-form-urlencoded")) {
    return oauthError(400, "invalid_request", "The body must be form-urlencoded");
  }
  const form = new URLSearchParams(request.body);
  const client = clientOf(request, form);
  if (client === "both") {
    return oauthError(400, "invalid_request", "The client authenticated in two ways");
  }
  if (!isClient(client, session)) return invalidClient();
  const offered = GRANT_TYPES_OF[session.settings.auth];
  const type = offered.find((name) => name === form.get("grant_type"));
  if (type === undefined) {
    return oauthError(400, "unsupported_grant_type", `Only ${offered.join(", ")} is offered`);
  }
  const problem = SPEND[type](form, session);
  if (problem !== undefined) return oauthError(400, "invalid_grant", problem);
  return issue({ type, clientAuth: client.method, ...granted(form) }, session);
}

interface Client {
  readonly method: Grant["clientAuth"];
  readonly id: string;
  readonly secret: string;
}

/** RFC 6749 §2.3.1: in the header both are form-urlencoded before base64. */
function clientOf(request: Received, form: URLSearchParams): Client | "both" {
  const pair = basicPair(request);
  const secret = form.get("client_secret");
  if (pair !== undefined) {
    if (secret !== null) return "both";
    return {
      method: "client_secret_basic",
      id: formDecoded(pair.user),
      secret: formDecoded(pair.password),
    };
  }
  const id = form.get("client_id") ?? "";
  return secret === null
    ? { method: "none", id, secret: "" }
    : { method: "client_secret_post", id, secret };
}

function isClient({ method, id, secret }: Client, session: Session): boolean {
  return (
    session.settings.token.authMethods.includes(method) &&
    session.isValid("API_CLIENT_ID", id) &&
    (method === "none" || session.isValid("API_CLIENT_SECRET", secret))
  );
}

function formDecoded(text: string): string {
  return new URLSearchParams(`value=${text.replaceAll("&", "%26")}`).get("value") ?? "";
}

function granted(form: URLSearchParams): Pick<Grant, "scope" | "audience" | "resource"> {
  return {
    scope: form.get("scope") ?? undefined,
    audience: form.get("audience") ?? undefined,
    resource: form.getAll("resource"),
  };
}

function issue(grant: Omit<Grant, "token">, session: Session): Answer {
  const settings = session.settings.token;
  const token = `${settings.prefix}-${session.tokens.grants.length + 1}`;
  session.tokens.add({ token, ...grant }, lifetimeOf(settings));
  const body = {
    access_token: token,
    token_type: settings.tokenType,
    expires_in: settings.expiresIn,
    ...(grant.scope === undefined ? {} : { scope: grant.scope }),
    ...(bringsRefreshToken(grant.type, settings)
      ? { refresh_token: session.tokens.newRefreshToken(settings.refreshPrefix) }
      : {}),
    ...settings.set,
  };
  return tokenJson(settings.omit.reduce<Record<string, unknown>>(withoutField, body), settings);
}

function bringsRefreshToken(type: GrantType, { rotates }: Settings["token"]): boolean {
  return type === "authorization_code" || (type === "refresh_token" && rotates);
}

/** JSON has no NaN, but servers that send it anyway exist; so the literal is put in as text. */
function tokenJson(body: Record<string, unknown>, settings: Settings["token"]): Answer {
  const headers = { "Cache-Control": "no-store" };
  const literal = settings.expiresInLiteral;
  if (literal === undefined) return jsonAnswer(200, body, headers);
  const text = JSON.stringify({ ...body, expires_in: 0 });
  const bytes = Buffer.from(text.replace('"expires_in":0', `"expires_in":${literal}`));
  return { ...jsonAnswer(200, undefined, headers), body: { kind: "bytes", bytes } };
}

function lifetimeOf({ lifetimeSeconds, expiresIn }: Settings["token"]): number {
  const announced = typeof expiresIn === "number" && expiresIn > 0 ? expiresIn : Infinity;
  return lifetimeSeconds ?? announced;
}

function invalidClient(): Answer {
  return oauthError(401, "invalid_client", "The client isn't known, or its secret is wrong", {
    "WWW-Authenticate": 'Basic realm="sandbox"',
  });
}

function oauthError(
  status: number,
  error: string,
  description: string,
  headers: Record<string, string> = {},
): Answer {
  const body = { error, error_description: description };
  return jsonAnswer(status, body, { "Cache-Control": "no-store", ...headers });
}
