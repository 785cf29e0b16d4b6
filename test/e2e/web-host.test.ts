/** The packed extension in the web extension host, as on vscode.dev. */
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { startVscodeWeb } from "../../scripts/setup/vscode-web.mjs";
import { readVerified } from "../../scripts/verified-module.mjs";
import { PATIENCE_MS } from "./driver/until.js";
import { UNPACKED } from "./support/package.js";
import { renderedBlock, renderedClient } from "./support/rendered.js";
import { useStage } from "./support/stage.js";
import { answer, goToStep, runWizard } from "./support/wizard.js";

const extensionDevelopmentPath = join(UNPACKED, "extension");
const stage = useStage((folder) => startVscodeWeb({ folder, extensionDevelopmentPath }));

beforeAll(async () => {
  const { workbench } = stage();
  // The welcome page opens when it is ready, and takes the place of what a test has opened.
  await workbench.editor.waitForTitle("vscode_getting_started_page");
  await workbench.closeEditors();
});

test("the catalog is there, and a click previews a block", async () => {
  const { workbench } = stage();
  const { editor, tree } = workbench;
  await tree.open("API Snippets");
  await tree.click("Pagination", "Link header", "Python");
  await editor.waitForTitle("Link header.py");
  expect(await editor.text()).toBe(renderedBlock("pagination/link-header", "python"));
});

test("above a block's preview stands what was verified of it", async () => {
  const { workbench } = stage();
  const { editor, tree } = workbench;
  const found = readVerified()?.options["retry/exponential"]?.javascript;
  if (!found) throw new Error("docs/verified.json says nothing of it.");
  const runs = found.runs.toLocaleString("en");
  await tree.open("API Snippets");
  await tree.click("Retries", "Exponential backoff", "JavaScript");
  await editor.waitForTitle("Exponential backoff.mjs");
  expect(await editor.lenses()).toEqual([
    `Verified: ${found.behaviours} behaviours in ${runs} runs of clients with this block`,
  ]);
  // It is no part of what is copied or inserted.
  expect(await editor.text()).toBe(renderedBlock("retry/exponential", "javascript"));
});

test("the wizard copies a client to the clipboard", async () => {
  const { workbench } = stage();
  const { editor } = workbench;
  await editor.setClipboard("");
  await runWizard(workbench, { 1: "Python", 5: "Clipboard" });
  const { text } = renderedClient({ language: "python" });
  await expect.poll(() => editor.clipboard(), { timeout: PATIENCE_MS }).toBe(text);
  expect(await editor.tabs()).toEqual([]);
});

test("the wizard opens a client as a new file", async () => {
  const { workbench } = stage();
  const { editor } = workbench;
  await runWizard(workbench, { 2: "OAuth 2.0 client credentials", 4: "Fixed delay" });
  await editor.waitForTitle("client.mjs");
  // The tab is there before its text.
  const { text } = renderedClient({ auth: "oauth2-client-credentials", retry: "fixed" });
  await expect.poll(() => editor.text(), { timeout: PATIENCE_MS }).toBe(text);
});

test("an extra that can't be had says why, and takes no tick", async () => {
  const { workbench } = stage();
  const { quick, page } = workbench;
  await goToStep(workbench, 5, { 3: "Single answer" });
  await answer(workbench, "Extras");
  await quick.waitFor({ title: "What else should the client have?" });
  const row = (await quick.items()).find(({ label }) => label === "Checkpoint");
  expect(row?.description).toBe("a single answer has no place to go on from");
  await quick.pick("Checkpoint");
  await quick.pick("Metrics");
  await expect.poll(() => quick.ticked(), { timeout: PATIENCE_MS }).toEqual(["Metrics"]);
  await quick.accept();
  await quick.waitFor({ title: "Generate API Client" });
  const extras = (await quick.items()).find(({ label }) => label === "Extras");
  expect(extras?.description).toBe("Metrics");
  await page.keyboard.press("Escape");
  await quick.waitForClosed();
});

test("the search finds a block by its prefix, and previews it", async () => {
  const { workbench } = stage();
  const { editor, quick, page } = workbench;
  await workbench.runCommand("API Snippets: Search Blocks…");
  await quick.waitFor({ title: "Search Blocks" });
  await answer(workbench, "Signature check");
  await editor.waitForTitle("Signature check.mjs");
  expect(await editor.text()).toBe(renderedBlock("webhooks/signature", "javascript"));

  await workbench.runCommand("API Snippets: Search Blocks…");
  await quick.waitFor({ title: "Search Blocks" });
  await page.keyboard.type("api-page-link");
  const found = async () => (await quick.items()).map(({ label }) => label);
  await expect.poll(found, { timeout: PATIENCE_MS }).toEqual(["Link header", "Link header"]);
});
