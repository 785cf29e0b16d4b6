/** oidc-provider, and an API that takes its tokens. */
import { type IncomingMessage, type Server, createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import Provider, { type Configuration } from "oidc-provider";
import { close, listen } from "./http.js";

export const RECORDS = Array.from({ length: 10 }, (_, index) => ({ id: index + 1 }));
export const PAGE_SIZE = 2;

/** With what the form-encoding of RFC 6749 §2.3.1 is for. */
export const SECRET = "canary 100%+:/=&?";
export const METHODS = ["client_secret_basic", "client_secret_post"] as const;

const SERVICE = { client_secret: SECRET, redirect_uris: [], response_types: [] };
const SERVICES = METHODS.map((method) => ({
  ...SERVICE,
  client_id: `service-${method}`,
  token_endpoint_auth_method: method,
  grant_types: ["client_credentials"],
}));
/** Asks whether tokens are good, and gets none. */
const API = { ...SERVICE, client_id: "api", grant_types: [] };
/** Programs of the user's machine: RFC 8252. */
const TOOLS = (["none", ...METHODS] as const).map((method) => ({
  ...(method === "none" ? {} : { client_secret: SECRET }),
  client_id: `tool-${method}`,
  application_type: "native" as const,
  token_endpoint_auth_method: method,
  grant_types: ["authorization_code", "refresh_token"],
  redirect_uris: ["http://127.0.0.1/callback"],
}));

const configuration = (tokenSeconds: number): Configuration => ({
  clients: [...SERVICES, API, ...TOOLS],
  features: { clientCredentials: { enabled: true }, introspection: { enabled: true } },
  rotateRefreshToken: true,
  ttl: { AccessToken: tokenSeconds, ClientCredentials: tokenSeconds },
});

interface Grant {
  readonly type: string;
  /** How the client proved who it is. */
  readonly by: string;
}

export interface Behaviour {
  /** How long access tokens are good. */
  readonly tokenSeconds?: number;
  /** Between the API's look at a token and its answer. */
  readonly delayMs?: number;
}

export async function startProvider({ tokenSeconds = 600, delayMs = 0 }: Behaviour = {}) {
  const server = createServer();
  const issuer = await listen(server);
  const provider = new Provider(issuer, configuration(tokenSeconds));
  const handle = provider.callback();
  server.on("request", (request, response) => void handle(request, response));
  const grants: Grant[] = [];
  provider.on("grant.success", ({ oidc, headers }) => {
    const { grant_type: type = "", client_secret: secret } = oidc.params ?? {};
    const byForm = secret === undefined ? "none" : "client_secret_post";
    const by = headers.authorization === undefined ? byForm : "client_secret_basic";
    grants.push({ type: String(type), by });
  });

  const api = createApi(issuer, delayMs);
  const origin = await listen(api);

  return {
    provider,
    /** What it gave tokens for so far. */
    grants,
    environment: {
      API_BASE_URL: origin,
      API_ISSUER: issuer,
      // It gives refresh tokens only to those who ask the user: OpenID Connect Core §11.
      API_AUTHORIZE_URL: `${issuer}/auth?prompt=consent`,
      API_TOKEN_URL: `${issuer}/token`,
      API_CLIENT_ID: "tool-none",
      API_SCOPE: "openid offline_access",
    },
    close: async () => {
      await close(server);
      await close(api);
    },
  };
}

/** Ten records by page, for those whose token the provider calls good: RFC 7662. */
function createApi(issuer: string, delayMs: number): Server {
  const credentials = [API.client_id, SECRET].map(encodeURIComponent).join(":");
  const headers = { authorization: `Basic ${Buffer.from(credentials).toString("base64")}` };
  const isGood = async (token: string) => {
    const init = { method: "POST", headers, body: new URLSearchParams({ token }) };
    const answer = await fetch(`${issuer}/token/introspection`, init);
    return ((await answer.json()) as { active?: boolean }).active === true;
  };
  const answer = async ({ headers: { authorization = "" }, url = "" }: IncomingMessage) => {
    if (!(await isGood(authorization.replace(/^Bearer /, "")))) return undefined;
    await sleep(delayMs);
    const page = Number(new URL(url, issuer).searchParams.get("page"));
    return { items: RECORDS.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE) };
  };
  return createServer((request, response) => {
    answer(request).then(
      (page) => (page ? response.end(JSON.stringify(page)) : response.writeHead(401).end()),
      () => response.destroy(),
    );
  });
}
