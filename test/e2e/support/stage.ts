/** One server, one browser and one window for all tests of a file. */
import { mkdtemp, readdir, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll } from "vitest";
import { screenshotOnFailure } from "../driver/screenshots.js";
import { type Workbench, launchBrowser, openWorkbench } from "../driver/workbench.js";

export interface Stage {
  readonly workbench: Workbench;
  /** The workspace. Tests leave files in it, which are gone when the next test starts. */
  readonly folder: string;
}

type Start = (folder: string) => Promise<{ readonly url: string; close(): Promise<unknown> }>;

/** Call it outside of tests; what it returns gives tests the stage. */
export function useStage(start: Start): () => Stage {
  const endings: (() => Promise<unknown>)[] = [];
  let stage: Stage | undefined;
  const current = () => {
    if (!stage) throw new Error("The editor is not open.");
    return stage;
  };

  beforeAll(async () => {
    const folder = await realpath(await mkdtemp(join(tmpdir(), "api-snippets-")));
    endings.unshift(() => rm(folder, { recursive: true }));
    const server = await start(folder);
    endings.unshift(() => server.close());
    const browser = await launchBrowser();
    endings.unshift(() => browser.close());
    stage = { workbench: await openWorkbench(browser, server.url), folder };
  });

  afterEach(async () => {
    const { workbench, folder } = current();
    if (await workbench.quick.isOpen()) await workbench.page.keyboard.press("Escape");
    await workbench.closeEditors();
    const left = await readdir(folder);
    await Promise.all(left.map((name) => rm(join(folder, name), { recursive: true })));
  });

  // The last hook runs first: the picture shows what the test has left.
  screenshotOnFailure(() => stage?.workbench);

  afterAll(async () => {
    for (const end of endings) await end();
  });

  return current;
}
