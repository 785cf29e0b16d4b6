import { type Answer, jsonAnswer } from "./answer.js";
import { basicPair } from "./auth.js";
import { withoutField } from "./dotted.js";
import type { Grant, Received } from "./received.js";
import type { Session } from "./session.js";
import type { Settings } from "./settings.js";

/** The tokens that a session has issued. */
export class Tokens {
  readonly grants: Grant[] = [];
  readonly #validUntil = new Map<string, number>();

  /** Whether the API takes the token now. */
  accepts(token: string): boolean {
    const until = this.#validUntil.get(token);
    return until !== undefined && performance.now() < until;
  }

  add(grant: Grant, lifetimeSeconds: number): void {
    this.grants.push(grant);
    this.#validUntil.set(grant.token, performance.now() + lifetimeSeconds * 1000);
  }

  revokeAll(): void {
    this.#validUntil.clear();
  }
}

/** The token endpoint of RFC 6749 §4.4. */
export function tokenAnswer(request: Received, session: Session): Answer {
  if (request.method !== "POST") return oauthError(405, "invalid_request", "Use POST");
  const type = request.headers["content-type"] ?? "";
  if (!type.toLowerCase().startsWith("application/x-www-form-urlencoded")) {
    return oauthError(400, "invalid_request", "The body must be form-urlencoded");
  }
  const form = new URLSearchParams(request.body);
  const client = clientOf(request, form);
  if (client === "both") {
    return oauthError(400, "invalid_request", "The client authenticated in two ways");
  }
  if (client === undefined || !isClient(client, session)) return invalidClient();
  if (form.get("grant_type") !== "client_credentials") {
    return oauthError(400, "unsupported_grant_type", "Only client_credentials is offered");
  }
  return issue({ clientAuth: client.method, ...granted(form) }, session);
}

interface Client {
  readonly method: Grant["clientAuth"];
  readonly id: string;
  readonly secret: string;
}

/** RFC 6749 §2.3.1: in the header both are form-urlencoded before base64. */
function clientOf(request: Received, form: URLSearchParams): Client | "both" | undefined {
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
  if (secret === null) return undefined;
  return { method: "client_secret_post", id: form.get("client_id") ?? "", secret };
}

function isClient({ method, id, secret }: Client, session: Session): boolean {
  return (
    session.settings.token.authMethods.includes(method) &&
    session.isValid("API_CLIENT_ID", id) &&
    session.isValid("API_CLIENT_SECRET", secret)
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
    ...settings.set,
  };
  return tokenJson(settings.omit.reduce<Record<string, unknown>>(withoutField, body), settings);
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
