/** A window of the editor in a browser. */
import { mkdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { chromium, type Browser, type Page } from "playwright-core";
import { CACHE } from "../../../scripts/setup/cache.mjs";
import { ensureChromium } from "../../../scripts/setup/chromium.mjs";
import { Editor } from "./editor.js";
import { Dialog, Notifications, StatusBar } from "./messages.js";
import { QuickInput } from "./quick-input.js";
import { Tree } from "./tree.js";
import { PATIENCE_MS, until } from "./until.js";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: await ensureChromium(), args: FLAGS });
}

/** Opens the editor that a server serves at this address, with a browser profile of its own. */
export async function openWorkbench(browser: Browser, url: string): Promise<Workbench> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    permissions: ["clipboard-read", "clipboard-write"],
  });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const workbench = new Workbench(page);
  try {
    await page.goto(url);
    await page.locator(".monaco-workbench .part.statusbar").waitFor();
  } catch (error) {
    throw new Error(`See ${await workbench.screenshot("not-opened")}.`, { cause: error });
  }
  return workbench;
}

export class Workbench {
  readonly quick: QuickInput;
  readonly editor: Editor;
  readonly tree: Tree;
  readonly notifications: Notifications;
  readonly dialog: Dialog;
  readonly status: StatusBar;

  constructor(readonly page: Page) {
    this.quick = new QuickInput(page);
    this.editor = new Editor(page);
    this.tree = new Tree(page);
    this.notifications = new Notifications(page);
    this.dialog = new Dialog(page);
    this.status = new StatusBar(page);
  }

  /** Runs a command by what the palette calls it: `Category: Title`. */
  async runCommand(title: string): Promise<void> {
    // The palette doesn't notice commands that an extension brings after it was opened.
    await until(`the command "${title}"`, async () => {
      await this.quick.openPalette(title);
      if (await this.quick.pickCommand(title)) return true;
      await this.page.keyboard.press("Escape");
      return false;
    });
    await this.quick.waitForPaletteGone();
  }

  /** Opens an untitled file in a language, by the language's name: `JavaScript`. */
  async newFile(language: string): Promise<void> {
    await this.runCommand("File: New Untitled Text File");
    await this.editor.waitForTitle(/^Untitled-/);
    await this.runCommand("Change Language Mode");
    await this.quick.waitFor({ placeholder: "Select Language Mode" });
    await this.quick.type(language);
    await this.quick.pick(language);
    await this.status.waitFor(language);
    await this.editor.focus();
  }

  /** @param path absolute; in VS Code for the Web `/` is the workspace's folder */
  async openFile(path: string): Promise<void> {
    await this.#enterPath("File: Open File...", path);
  }

  /** @param path like that of `openFile`; VS Code for the Web writes to the page, not to the disk */
  async saveAs(path: string): Promise<void> {
    await this.#enterPath("File: Save As...", path);
  }

  async save(): Promise<void> {
    await this.runCommand("File: Save");
  }

  /** Closes all editors and drops what isn't saved. */
  async closeEditors(): Promise<void> {
    await this.runCommand("View: Close All Editors");
    await until("the editors to close", async () => {
      if (await this.page.locator(".monaco-dialog-box").isVisible()) {
        await this.dialog.press("Don't Save");
      }
      return (await this.editor.tabs()).length === 0;
    });
  }

  /** @returns the path of the picture */
  async screenshot(name: string): Promise<string> {
    const folder = join(CACHE, "screenshots");
    await mkdir(folder, { recursive: true });
    const path = join(folder, `${name.replace(/[^\w.-]+/g, "-")}.png`);
    await this.page.screenshot({ path });
    return path;
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }

  async #enterPath(command: string, path: string): Promise<void> {
    await this.runCommand(command);
    // Until it has read the folder the editor replaces what is typed, however late that is.
    await until(`the input to keep ${path}`, async () => {
      const shown = await this.quick.shown();
      if (shown?.value === path) return !shown.busy;
      if (shown?.value.startsWith("/") && !shown.busy) await this.quick.type(path);
      return false;
    });
    await this.quick.accept();
    await this.editor.waitForTitle(basename(path));
  }
}
