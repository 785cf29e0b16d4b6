/** The file that API_TOKEN_STORE names. */
import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import type { Session } from "../../src/sandbox/index.js";
import type { Environment } from "./scenario.js";

/** Its name, in a folder of the run's own. */
export const TOKEN_FILE = "tokens";

const sha256 = (text: string) => createHash("sha256").update(text).digest("base64url");

/** What the file of a client says. */
export function tokenFileText(environment: Environment, refreshToken: string): string {
  const { API_TOKEN_URL = "", API_CLIENT_ID = "", API_REFRESH_TOKEN = "" } = environment;
  const owner = sha256(`${API_TOKEN_URL} ${API_CLIENT_ID}`);
  return `${owner} ${sha256(API_REFRESH_TOKEN)} ${refreshToken}\n`;
}

export function writeTokenFile({ API_TOKEN_STORE = "" }: Environment, text: string): Promise<void> {
  return writeFile(API_TOKEN_STORE, text, { mode: 0o600 });
}

/** As a login leaves it. */
export async function prepareTokenFile(environment: Environment, session: Session): Promise<void> {
  const token = session.tokens.newRefreshToken(session.settings.token.refreshPrefix);
  await writeTokenFile(environment, tokenFileText(environment, token));
}
