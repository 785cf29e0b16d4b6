/** Recipes that yield several files: previewed, opened and undone as one. */
import { readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startCodeServer } from "../../scripts/setup/code-server.mjs";
import { expectSaved } from "./support/disk.js";
import { PATIENCE_MS } from "./driver/until.js";
import { VSIX } from "./support/package.js";
import { renderedBeside, renderedClient } from "./support/rendered.js";
import { useStage } from "./support/stage.js";
import { answer, goToStep, tickExtras } from "./support/wizard.js";

const JAVASCRIPT = { language: "javascript" };
const EXTRAS = ["env-example"];
const ENV_EXAMPLE = "Environment example";
const COMPANION_TEST = "Companion test";
const PATIENTLY = { timeout: PATIENCE_MS, interval: 50 };

const stage = useStage((folder) =>
  startCodeServer({ folder, vsix: VSIX, settings: { "[javascript]": { "editor.tabSize": 2 } } }),
);

async function goToLastStep(...extras: string[]): Promise<void> {
  const { workbench } = stage();
  await goToStep(workbench, 5);
  await tickExtras(workbench, ...extras);
}

async function finish(target: string): Promise<void> {
  const { workbench } = stage();
  await answer(workbench, target);
  await workbench.quick.waitForClosed();
}

/** The first is the first tab; those that the editor opens by itself come in an order of its own. */
async function expectTabs(...titles: string[]): Promise<void> {
  const inOrder = ([first = "", ...others]: readonly string[]) => [first, ...others.sort()];
  const tabs = async () => inOrder(await stage().workbench.editor.tabs());
  await expect.poll(tabs, PATIENTLY).toEqual(inOrder(titles));
}

/** The text of a tab, which it brings to the front. */
async function textOf(title: string): Promise<string> {
  const { editor } = stage().workbench;
  await editor.select(title);
  return editor.text();
}

test("they are new files, called after the client, over no other file; one undo undoes all", async () => {
  const { workbench, folder } = stage();
  const { editor, quick } = workbench;
  const mine = ["client.test.mjs", ".env.example"];
  for (const name of mine) await writeFile(join(folder, name), `# My ${name}\n`);
  const extras = ["companion-test", "env-example"];
  const [companion, environment] = renderedBeside(JAVASCRIPT, extras, "client-2.mjs");
  const texts = {
    "client-2.mjs": renderedClient(JAVASCRIPT, extras).text,
    "client-2.test.mjs": companion?.text,
    ".env-2.example": environment?.text,
  };
  const names = Object.keys(texts);

  await goToLastStep(COMPANION_TEST, ENV_EXAMPLE);
  const row = (await quick.items()).find(({ label }) => label === "New File");
  expect(row?.description).toBe(`${names.join(" + ")}, not saved yet`);
  await finish("New File");
  await expectTabs(...names);
  await editor.waitForTitle("client-2.mjs");

  await editor.focus();
  const [firstLine = ""] = renderedClient(JAVASCRIPT, extras).text.split("\n", 1);
  await expect.poll(() => editor.selection(), PATIENTLY).toBe(`${firstLine}\n`);
  await editor.press("ControlOrMeta+z");
  for (const name of names) {
    await editor.select(name);
    await expect.poll(() => editor.lineCount(), PATIENTLY).toBe(1);
  }
  await editor.focus();
  await editor.press("ControlOrMeta+Shift+z");
  for (const [name, text] of Object.entries(texts)) {
    await editor.select(name);
    await expectSaved(workbench, join(folder, name), text ?? "");
  }
  for (const name of mine) {
    expect(await readFile(join(folder, name), "utf8")).toBe(`# My ${name}\n`);
  }
});

test("where the client goes to the cursor, they are opened behind it, called after its file", async () => {
  const { workbench, folder } = stage();
  const { editor, quick } = workbench;
  const path = join(folder, "orders.mjs");
  await writeFile(path, "// Above\n");
  await workbench.openFile(path);
  await editor.focus();
  await editor.press("ControlOrMeta+End");
  await goToLastStep(ENV_EXAMPLE);
  const row = (await quick.items()).find(({ label }) => label === "At the Cursor");
  expect(row?.description).toBe("orders.mjs; .env.example as a new file");
  await finish("At the Cursor");
  await expectTabs("orders.mjs", ".env.example");
  await editor.waitForTitle("orders.mjs");
  const { text } = renderedClient(JAVASCRIPT, EXTRAS);
  await expectSaved(workbench, path, `// Above\n${text}`);
  const [beside] = renderedBeside(JAVASCRIPT, EXTRAS, "orders.mjs");
  expect(await textOf(".env.example")).toBe(beside?.text);
});

test("where the client is copied, they are opened", async () => {
  const { workbench } = stage();
  await workbench.editor.setClipboard("");
  await goToLastStep(ENV_EXAMPLE);
  await finish("Clipboard");
  const { text } = renderedClient(JAVASCRIPT, EXTRAS);
  await expect.poll(() => workbench.editor.clipboard(), PATIENTLY).toBe(text);
  await expectTabs(".env.example");
});

test("a preview has a tab for each, and none is left where the user leaves", async () => {
  const { workbench, folder } = stage();
  const { editor, quick, page } = workbench;
  await goToLastStep(ENV_EXAMPLE);
  await answer(workbench, "Preview");
  await expectTabs("client.mjs", ".env.example");
  await quick.waitFor({ title: "Generate API Client" });
  expect(await editor.title()).toBe("client.mjs");
  await tickExtras(workbench);
  await expectTabs("client.mjs");
  await quick.waitFor({ title: "Generate API Client" });
  await page.keyboard.press("Escape");
  await quick.waitForClosed();
  await expectTabs();
  expect(await readdir(folder)).toEqual([]);
});

test("the tree shows an extra by a whole client, and starts the wizard with it ticked", async () => {
  const { workbench } = stage();
  const { editor, quick, tree, page } = workbench;
  await tree.open("API Snippets");
  await tree.click("Extras", ENV_EXAMPLE, "Python");
  await expectTabs("client.py", ".env.example");
  await editor.waitForTitle(".env.example");
  const [beside] = renderedBeside({ language: "python" }, EXTRAS, "client.py");
  expect(await editor.text()).toBe(beside?.text);

  await tree.choose("Generate API Client with This Block…", "Extras", ENV_EXAMPLE, "Python");
  for (let step = 1; step <= 4; step += 1) {
    await quick.waitFor({ step: `${step}/5` });
    await page.keyboard.press("Enter");
  }
  await quick.waitFor({ step: "5/5" });
  const row = (await quick.items()).find(({ label }) => label === "Extras");
  expect(row?.description).toContain(ENV_EXAMPLE);
  await page.keyboard.press("Escape");
  await quick.waitForClosed();
});
