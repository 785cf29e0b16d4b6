/** The names that may stand in a sandbox URL, and the values that a client needs to be let in. */

export const AUTHS = [
  "none",
  "bearer",
  "api-key-header",
  "api-key-query",
  "basic",
  "oauth2-client-credentials",
  "oauth2-refresh-token",
  "oauth2-authorization-code",
] as const;
export type Auth = (typeof AUTHS)[number];

export const PAGINATIONS = [
  "single",
  "offset",
  "page",
  "cursor",
  "page-token",
  "next-url",
  "link-header",
] as const;
export type Pagination = (typeof PAGINATIONS)[number];

/** Placeholders, named as the environment variables that a generated client reads. */
export const SANDBOX_CREDENTIALS = {
  API_TOKEN: "sandbox-token",
  API_KEY: "sandbox-key",
  API_USERNAME: "sandbox-user",
  API_PASSWORD: "sandbox-password",
  API_CLIENT_ID: "sandbox-client",
  API_CLIENT_SECRET: "sandbox-secret",
  API_REFRESH_TOKEN: "sandbox-refresh-token",
} as const;
export type CredentialName = keyof typeof SANDBOX_CREDENTIALS;

/** Which of the credentials each auth type asks for. */
export const CREDENTIALS_OF: Readonly<Record<Auth, readonly CredentialName[]>> = {
  none: [],
  bearer: ["API_TOKEN"],
  "api-key-header": ["API_KEY"],
  "api-key-query": ["API_KEY"],
  basic: ["API_USERNAME", "API_PASSWORD"],
  "oauth2-client-credentials": ["API_CLIENT_ID", "API_CLIENT_SECRET"],
  "oauth2-refresh-token": ["API_CLIENT_ID", "API_CLIENT_SECRET", "API_REFRESH_TOKEN"],
  "oauth2-authorization-code": ["API_CLIENT_ID", "API_CLIENT_SECRET"],
};

/** What each auth type offers at the token endpoint; where there is nothing there is no endpoint. */
export const GRANT_TYPES_OF: Readonly<Record<Auth, readonly GrantType[]>> = {
  none: [],
  bearer: [],
  "api-key-header": [],
  "api-key-query": [],
  basic: [],
  "oauth2-client-credentials": ["client_credentials"],
  "oauth2-refresh-token": ["refresh_token"],
  "oauth2-authorization-code": ["authorization_code", "refresh_token"],
};
export type GrantType = "client_credentials" | "refresh_token" | "authorization_code";
