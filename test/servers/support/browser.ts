/** A user with a browser, as a login needs one. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Running } from "../../conformance/run.js";

/** Keeps cookies and follows redirects, as fetch alone does not. */
class Browser {
  readonly #cookies = new Map<string, string>();

  async visit(url: string, form?: Readonly<Record<string, string>>): Promise<Response> {
    const cookie = Array.from(this.#cookies, (pair) => pair.join("=")).join("; ");
    const method = form ? { method: "POST", body: new URLSearchParams(form) } : {};
    const response = await fetch(url, { ...method, headers: { cookie }, redirect: "manual" });
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      this.#cookies.set(name, value);
    }
    const location = response.headers.get("location");
    return location === null ? response : this.visit(new URL(location, url).href);
  }
}

const ADDRESS = /"url": ?"([^"]+)"/;

/** Opens the URL that a client logs, and the first page that follows. */
async function open(running: Running) {
  const { output, hasEnded } = running;
  while (!ADDRESS.test(output.stderr) && !hasEnded()) await sleep(20);
  const url = ADDRESS.exec(output.stderr)?.[1];
  if (url === undefined) throw new Error(`There is no URL to open: ${output.stderr}`);
  const browser = new Browser();
  return { browser, page: await browser.visit(url) };
}

/** Logs in and agrees. */
export async function agree(running: Running): Promise<void> {
  const { browser, page: first } = await open(running);
  let page = first;
  for (const prompt of ["login", "consent"]) {
    const action = /action="([^"]+)"/.exec(await page.text())?.[1] ?? "";
    page = await browser.visit(action, { prompt, login: "ada", password: "any" });
  }
}

/** Follows the link that says no. */
export async function refuse(running: Running): Promise<void> {
  const { browser, page } = await open(running);
  const abort = /href="([^"]+\/abort)"/.exec(await page.text())?.[1] ?? "";
  await browser.visit(abort);
}
