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
const PATIENTLY = { timeout: PATIENCE_MS, interval: 50 };

const stage = useStage((folder) =>
  startCodeServer({ folder, vsix: VSIX, settings: { "[javascript]": { "editor.tabSize": 2 } } }),
);

async function goToLastStep(): Promise<void> {
  const { workbench } = stage();
  await goToStep(workbench, 5);
  await tickExtras(workbench, ENV_EXAMPLE);
}

async function finish(target: string): Promise<void> {
  const { workbench } = stage();
  await answer(workbench, target);
  await workbench.quick.waitForClosed();
}

async function expectTabs(...titles: string[]): Promise<void> {
  await expect.poll(() => stage().workbench.editor.tabs(), PATIENTLY).toEqual(titles);
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
  for (const name of ["client.mjs", ".env.example"]) {
    await writeFile(join(folder, name), `# My ${name}\n`);
  }
  const client = renderedClient(JAVASCRIPT, EXTRAS);
  const beside = renderedBeside(JAVASCRIPT, EXTRAS, "client-2.mjs");

  await goToLastStep();
  const row = (await quick.items()).find(({ label }) => label === "New File");
  expect(row?.description).toBe("client-2.mjs + .env-2.example, not saved yet");
  await finish("New File");
  await expectTabs("client-2.mjs", ".env-2.example");
  await editor.waitForTitle("client-2.mjs");
  expect(await textOf("client-2.mjs")).toBe(client.text);
  expect(await textOf(".env-2.example")).toBe(beside.text);

  await editor.press("ControlOrMeta+z");
  await expect.poll(() => editor.lineCount(), PATIENTLY).toBe(1);
  await editor.select("client-2.mjs");
  expect(await editor.lineCount()).toBe(1);

  await editor.focus();
  await editor.press("ControlOrMeta+Shift+z");
  await expectSaved(workbench, join(folder, "client-2.mjs"), client.text);
  await editor.select(".env-2.example");
  await expectSaved(workbench, join(folder, ".env-2.example"), beside.text);
  for (const name of ["client.mjs", ".env.example"]) {
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
  await goToLastStep();
  const row = (await quick.items()).find(({ label }) => label === "At the Cursor");
  expect(row?.description).toBe("orders.mjs; .env.example as a new file");
  await finish("At the Cursor");
  await expectTabs("orders.mjs", ".env.example");
  await editor.waitForTitle("orders.mjs");
  const { text } = renderedClient(JAVASCRIPT, EXTRAS);
  await expectSaved(workbench, path, `// Above\n${text}`);
  const beside = renderedBeside(JAVASCRIPT, EXTRAS, "orders.mjs");
  expect(await textOf(".env.example")).toBe(beside.text);
});

test("where the client is copied, they are opened", async () => {
  const { workbench } = stage();
  await workbench.editor.setClipboard("");
  await goToLastStep();
  await finish("Clipboard");
  const { text } = renderedClient(JAVASCRIPT, EXTRAS);
  await expect.poll(() => workbench.editor.clipboard(), PATIENTLY).toBe(text);
  await expectTabs(".env.example");
});

test("a preview has a tab for each, and none is left where the user leaves", async () => {
  const { workbench, folder } = stage();
  const { editor, quick, page } = workbench;
  await goToLastStep();
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
  const beside = renderedBeside({ language: "python" }, EXTRAS, "client.py");
  expect(await editor.text()).toBe(beside.text);

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
