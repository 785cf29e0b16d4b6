/** The packed extension in Node's extension host, which desktop users have. */
import { readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { startCodeServer } from "../../scripts/setup/code-server.mjs";
import { ensurePython } from "../../scripts/setup/python.mjs";
import { makeRecord, startSandbox } from "../../src/sandbox/index.js";
import { pythonStarter, startNode } from "../conformance/processes.js";
import { runClient } from "../conformance/run.js";
import { expectSaved } from "./support/disk.js";
import { VSIX } from "./support/package.js";
import { renderedBlock, renderedClient } from "./support/rendered.js";
import { useStage } from "./support/stage.js";
import { STEPS, answer, goToStep, runWizard } from "./support/wizard.js";

const FROZEN = "frozen.js";
const SETTINGS = {
  "[javascript]": { "editor.tabSize": 2 },
  "files.readonlyInclude": { [FROZEN]: true },
};

const stage = useStage((folder) => startCodeServer({ folder, vsix: VSIX, settings: SETTINGS }));

/** A file of the workspace, open in the editor. */
async function openFile(name: string, text: string): Promise<string> {
  const { workbench, folder } = stage();
  const path = join(folder, name);
  await writeFile(path, text);
  await workbench.openFile(path);
  await workbench.editor.focus();
  return path;
}

const LANGUAGES = [
  { title: "JavaScript", name: "javascript", fileName: "client.mjs", extension: "js" },
  { title: "Python", name: "python", fileName: "client.py", extension: "py" },
] as const;

describe.each(LANGUAGES)("$title", ({ title, name, fileName, extension }) => {
  test("the wizard makes a client that gets every record from an API with faults", async () => {
    const { workbench, folder } = stage();
    await runWizard(workbench, { 1: title });
    await workbench.editor.waitForTitle(fileName);
    const file = join(folder, fileName);
    await expectSaved(workbench, file, renderedClient({ language: name }).text);

    await using api = await startSandbox();
    const session = api.session({
      auth: "bearer",
      pagination: "cursor",
      steps: [
        "ok",
        { status: 503 },
        { status: 429, retryAfter: 1 },
        "ok",
        { delivery: "truncated" },
        { delivery: "reset" },
      ],
    });
    const { environment, requests } = session;
    const ran = await runClient({
      starter: name === "python" ? pythonStarter(await ensurePython()) : startNode,
      args: [file],
      folder: dirname(file),
      directory: dirname(file),
      environment,
      limitMs: 60_000,
      interference: {},
      requests,
    });
    expect(ran).toMatchObject({ exitCode: 0, isKilled: false });
    const records = ran.stdout.trimEnd().split("\n");
    expect(records.map((line) => JSON.parse(line) as unknown)).toEqual(
      Array.from({ length: 250 }, (_, index) => makeRecord(index + 1, "item")),
    );
    expect(requests).toHaveLength(7);
  });

  test("typing a prefix offers a snippet, whose settings are placeholders", async () => {
    const { workbench } = stage();
    const { editor } = workbench;
    const path = await openFile(`notes.${extension}`, "");
    await editor.type("api-auth-bearer");
    expect((await editor.suggestions())[0]).toBe("api-auth-bearer");
    await editor.press("Tab");
    await expect.poll(() => editor.selection()).toBe("30000");
    await editor.type("45000");
    const code = renderedBlock("auth/bearer", name).trimEnd();
    await expectSaved(workbench, path, code.replace("30000", "45000"));
    // What the editor's snippets read as their own syntax was there to be kept.
    for (const character of ["$", "}", "\\"]) expect(code).toContain(character);
  });
});

test("the tree previews a block by a click, and inserts it where the cursor is", async () => {
  const { workbench } = stage();
  const { editor, tree, page } = workbench;
  const before = "// Above\n\n// Below\n";
  const path = await openFile("notes.js", before);
  await editor.press("ArrowDown");
  await tree.open("API Snippets");
  const row = ["Retries", "Exponential backoff", "JavaScript"];
  await tree.click(...row);
  await page.locator('.tab[data-resource-name="Exponential backoff.mjs"]').waitFor();
  expect(await readFile(path, "utf8")).toBe(before);

  await tree.action("Insert Block at Cursor", ...row);
  await editor.waitForTitle("notes.js");
  const code = renderedBlock("retry/exponential", "javascript");
  await expectSaved(workbench, path, `// Above\n${code}\n// Below\n`);

  await editor.focus();
  await editor.press("ControlOrMeta+z");
  await expectSaved(workbench, path, before);
});

test("a preview can't be changed", async () => {
  const { editor, tree } = stage().workbench;
  await tree.open("API Snippets");
  await tree.click("Retries", "Fixed delay", "Python");
  await editor.waitForTitle("Fixed delay.py");
  await editor.focus();
  await editor.type("x");
  expect(await editor.text()).toBe(renderedBlock("retry/fixed", "python"));
});

test("at the cursor, code takes the file's indentation and line ends; one undo undoes it", async () => {
  const { workbench } = stage();
  const before = "function start() {\r\n\treturn 1;\r\n}\r\n";
  const path = await openFile("windows.js", before);
  await workbench.editor.press("ControlOrMeta+End");
  await runWizard(workbench, { 5: "At the Cursor" });
  const { text } = renderedClient({ language: "javascript" });
  const tabbed = text.replace(/^( {2})+/gm, (spaces) => "\t".repeat(spaces.length / 2));
  await expectSaved(workbench, path, before + tabbed.replaceAll("\n", "\r\n"));

  await workbench.editor.focus();
  await workbench.editor.press("ControlOrMeta+z");
  await expectSaved(workbench, path, before);
});

test("Back goes back, and remembers what was answered", async () => {
  const { workbench } = stage();
  const { quick, page } = workbench;
  await goToStep(workbench, 3, { 1: "Python", 2: "Basic authentication" });
  await quick.back();
  await quick.waitFor({ title: STEPS[1].title, step: "2/5" });
  expect(await quick.active()).toMatchObject({ label: "Basic authentication" });
  await quick.back();
  await quick.waitFor({ title: STEPS[0].title, step: "1/5" });
  expect(await quick.active()).toMatchObject({ label: "Python" });
  expect(await quick.buttons()).not.toContain("Back");
  await page.keyboard.press("Enter");
  await quick.waitFor({ title: STEPS[1].title });
  expect(await quick.active()).toMatchObject({ label: "Basic authentication" });
});

test("Esc leaves nothing behind, at whatever step", async () => {
  const { workbench } = stage();
  const { editor, page, quick } = workbench;
  const before = "// Mine\n";
  const path = await openFile("mine.js", before);
  for (const [index] of STEPS.entries()) {
    await goToStep(workbench, index + 1);
    await page.keyboard.press("Escape");
    await quick.waitForClosed();
    expect(await editor.tabs()).toEqual(["mine.js"]);
  }
  expect(await editor.text()).toBe(before);
  expect(await readFile(path, "utf8")).toBe(before);
});

test("where the editor has another language, the cursor is refused with the reason", async () => {
  const { workbench } = stage();
  const before = "# Mine\n";
  const path = await openFile("mine.py", before);
  await goToStep(workbench, 5, { 1: "JavaScript" });
  await expectRefused("mine.py is python, not JavaScript");
  expect(await workbench.editor.text()).toBe(before);
  expect(await readFile(path, "utf8")).toBe(before);
});

test("where nothing can be written, the cursor is refused with the reason", async () => {
  const { workbench } = stage();
  await workbench.runCommand("Preferences: Open Default Settings (JSON)");
  await workbench.editor.waitForTitle(/^defaultSettings\.json/);
  await goToStep(workbench, 5);
  await expectRefused(expect.stringMatching(/ is read-only$/));
});

test("a file that turns out to be read-only stays as it is, and the user is told", async () => {
  const { workbench } = stage();
  const before = "// Frozen\n";
  const path = await openFile(FROZEN, before);
  await runWizard(workbench, { 5: "At the Cursor" });
  await workbench.notifications.waitFor(`${FROZEN} is read-only, and nothing was inserted.`);
  expect(await workbench.editor.text()).toBe(before);
  await workbench.notifications.press(FROZEN, "New File");
  await workbench.editor.waitForTitle("client.mjs");
  expect(await readFile(path, "utf8")).toBe(before);
});

test("a new file takes another name where there is one already", async () => {
  const { workbench, folder } = stage();
  const { text } = renderedClient({ language: "javascript" });
  await writeFile(join(folder, "client.mjs"), "// Mine\n");
  await runWizard(workbench);
  await workbench.editor.waitForTitle("client-2.mjs");
  await expectSaved(workbench, join(folder, "client-2.mjs"), text);
  expect(await readFile(join(folder, "client.mjs"), "utf8")).toBe("// Mine\n");
});

/** In the last step: shown with its reason, and Enter on it leaves the wizard where it is. */
async function expectRefused(reason: unknown): Promise<void> {
  const { workbench } = stage();
  const { quick, page } = workbench;
  await answer(workbench, "At the Cursor");
  expect(await quick.active()).toMatchObject({ label: "At the Cursor", description: reason });
  // A wizard that had taken Enter for an answer would be over.
  await quick.back();
  await quick.waitFor({ title: STEPS[3].title });
  await page.keyboard.press("Escape");
  await quick.waitForClosed();
}
