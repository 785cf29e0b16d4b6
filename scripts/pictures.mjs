/** Takes the README's pictures from the editor, with the extension as it is now. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { ensureChromium } from "./setup/chromium.mjs";
import { startCodeServer } from "./setup/code-server.mjs";
import { run } from "./setup/process.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const PICTURES = join(root, "media", "readme");
const VIEWPORT = { width: 1100, height: 620 };
/** A busy machine takes long to draw a window of this resolution. */
const PATIENCE_MS = 120_000;
const RECIPE = ["--language=javascript", "--auth=bearer", "--pagination=cursor"];
const GENERATE = "API Snippets: Generate API Client…";

/** Nothing that would distract from the subject. */
const SETTINGS = {
  "breadcrumbs.enabled": false,
  "editor.cursorBlinking": "solid",
  "editor.minimap.enabled": false,
  "explorer.compactFolders": false,
  "outline.collapseItems": "alwaysCollapse",
  "window.commandCenter": false,
  "workbench.colorTheme": "Default Dark Modern",
  "workbench.layoutControl.enabled": false,
  "workbench.statusBar.visible": false,
  "editor.hover.enabled": false,
};

/** @typedef {import("playwright-core").Page} Page */

/** A row of a picker, by what a screen reader says. @param {Page} page @param {string} label */
const option = (page, label) => page.getByRole("option", { name: label }).first();
/** A row of a tree, likewise. @param {Page} page @param {string} label */
const treeItem = (page, label) => page.getByRole("treeitem", { name: label }).first();

/** The catalog, with the preview of a block. @param {Page} page */
async function showCatalog(page) {
  await page.getByRole("tab", { name: "API Snippets" }).click();
  for (const label of ["Retries", "Exponential backoff"]) await treeItem(page, label).click();
  await treeItem(page, "Exponential backoff in JavaScript").click();
  const word = page.locator(".view-lines").getByText("import", { exact: true }).first();
  await word.waitFor();
  // Colours that came late are complete only in lines that come into view.
  await page.mouse.move(VIEWPORT.width / 2, VIEWPORT.height / 2);
  await page.mouse.wheel(0, 2 * VIEWPORT.height);
  await word.waitFor({ state: "hidden" });
  await page.mouse.wheel(0, -2 * VIEWPORT.height);
  await word.waitFor();
  // What came above the first line meanwhile is out of sight.
  const lens = page.locator(".codelens-decoration");
  await lens.waitFor({ state: "attached" });
  await page.mouse.wheel(0, -VIEWPORT.height);
  await lens.waitFor();
  await page.mouse.move(VIEWPORT.width - 5, VIEWPORT.height - 5);
}

/** The wizard, where it asks how the API authenticates. @param {Page} page */
async function showWizard(page) {
  await page.getByRole("tab", { name: "Explorer" }).click();
  await treeItem(page, "client.mjs").dblclick();
  await page.locator(".view-lines").getByText("SPDX-License-Identifier").waitFor();
  await page.mouse.move(VIEWPORT.width - 5, VIEWPORT.height - 5);
  await page.keyboard.press("F1");
  await page.keyboard.type(GENERATE);
  await option(page, GENERATE).waitFor();
  await page.keyboard.press("Enter");
  await option(page, "JavaScript").waitFor();
  await page.keyboard.press("Enter");
  await option(page, "Bearer token").waitFor();
}

/** The wizard's list of extras, as a sync job has them ticked. @param {Page} page */
async function showExtras(page) {
  for (const next of ["Cursor", "Exponential backoff", "Use case"]) {
    await page.keyboard.press("Enter");
    await option(page, next).waitFor();
  }
  for (const row of ["Use case", "Sync job", "Extras"]) await option(page, row).click();
  await page.getByRole("checkbox", { name: "Companion test" }).first().waitFor();
  await page.mouse.move(VIEWPORT.width - 5, VIEWPORT.height - 5); // a row under it shows a hint
}

/** A picture when colours and the like have come: when two in a row are the same. @param {Page} page */
async function settled(page) {
  let before = await page.screenshot();
  for (;;) {
    const now = await page.screenshot();
    if (now.equals(before)) return now;
    before = now;
  }
}

/** @param {string} folder @param {string} vsix */
async function takePictures(folder, vsix) {
  const server = await startCodeServer({ folder, vsix, settings: SETTINGS });
  const browser = await chromium.launch({
    executablePath: await ensureChromium(),
    args: ["--no-sandbox", "--disable-gpu"],
  });
  try {
    const page = await browser.newPage({ viewport: VIEWPORT, deviceScaleFactor: 2 });
    page.setDefaultTimeout(PATIENCE_MS);
    await page.goto(server.url);
    await showCatalog(page);
    await writeFile(join(PICTURES, "catalog.png"), await settled(page));
    await showWizard(page);
    await writeFile(join(PICTURES, "wizard.png"), await settled(page));
    await showExtras(page);
    await writeFile(join(PICTURES, "extras.png"), await settled(page));
  } finally {
    await browser.close();
    await server.close();
  }
}

const temporary = await mkdtemp(join(tmpdir(), "pictures-"));
try {
  const [folder, vsix] = [join(temporary, "orders-export"), join(temporary, "extension.vsix")];
  await mkdir(folder);
  await mkdir(PICTURES, { recursive: true });
  await run("npm", ["run", "package", "--", "--out", vsix], { cwd: root });
  const client = join(folder, "client.mjs");
  await run("node", [join(root, "dist", "cli.mjs"), "generate", ...RECIPE, "--out", client]);
  await takePictures(folder, vsix);
} finally {
  await rm(temporary, { recursive: true });
}
