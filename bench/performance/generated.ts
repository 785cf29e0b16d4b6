/** Generated clients as files. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { recipeOf, renderer } from "../../test/catalog/support/samples.js";
import type { Language } from "../languages.js";

/** What it is beside a client with a bearer token. */
export interface Client {
  readonly language: Language;
  readonly pagination?: string;
  readonly retry: string;
  readonly limiter?: string;
  /** Values of fields, where they aren't the defaults. */
  readonly set?: Readonly<Record<string, number>>;
}

/** Writes it into a folder, and gives its path. */
export async function writeClient(folder: string, name: string, client: Client): Promise<string> {
  const { language, pagination = "single", retry, limiter = "none", set = {} } = client;
  const options = { language, auth: "bearer", pagination, retry, "rate-limit": limiter };
  const { text } = renderer.file(recipeOf({ options, set }));
  const file = join(folder, name + (language === "python" ? ".py" : ".mjs"));
  await writeFile(file, text);
  return file;
}
