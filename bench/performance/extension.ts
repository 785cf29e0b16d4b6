/** The extension: its package, its start, its renders, and how it would bear a far larger catalog. */
import { mkdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { ensureCodeServer, startCodeServer } from "../../scripts/setup/code-server.mjs";
import { until } from "../../test/e2e/driver/until.js";
import { type Workbench, launchBrowser, openWorkbench } from "../../test/e2e/driver/workbench.js";
import { activate } from "./editor/activation.js";
import { type InEditor, sectionOf } from "./editor/describe.js";
import { type HostTimes, MEASURE, RESULTS } from "./editor/measured.js";
import { EMPTY_ID, codeParts, filesIn, packEmpty, packMany, packReal } from "./editor/packages.js";
import { measureRenders } from "./editor/renders.js";
import { Window } from "./editor/window.js";
import type { Bench, Measure } from "./section.js";

const ID = "api-integration-snippets.api-integration-snippets";
const MANY = 10_000;
/** Its blocks are no snippets: for each of them the tree looks for a client that shows it. */
const TOPIC = "Extras";

export const measure: Measure = async (bench) => {
  bench.say("packing");
  const [real, empty, many] = ["real", "empty", "many"].map((name) =>
    join(bench.folder, `${name}.vsix`),
  ) as [string, string, string];
  await packReal(bench.root, real);
  await packEmpty(bench.root, join(bench.folder, "empty"), empty);
  await packMany(bench.root, join(bench.folder, "many"), many, MANY);
  bench.say("rendering");
  const renders = await measureRenders(bench);
  return sectionOf({
    files: await filesIn(real),
    bytes: (await stat(real)).size,
    code: await codeParts(bench.root),
    renders,
    editor: await inEditor(bench, real, empty, many),
  });
};

async function inEditor(
  bench: Bench,
  real: string,
  empty: string,
  many: string,
): Promise<InEditor | string> {
  let browser: Browser;
  try {
    await ensureCodeServer();
    browser = await launchBrowser();
  } catch (error) {
    bench.signal.throwIfAborted();
    return String(error).split("\n")[0] ?? "";
  }
  const close = () => void browser.close();
  bench.signal.addEventListener("abort", close);
  try {
    return {
      ...(await withEditor(bench, [real, empty], (url) => starts(bench, browser, url))),
      ...(await withEditor(bench, [real], (few) =>
        withEditor(bench, [many], (large) => catalogs(bench, browser, few, large)),
      )),
    };
  } finally {
    bench.signal.removeEventListener("abort", close);
    await browser.close();
  }
}

/** Where an editor with these extensions is served, and its workspace. */
interface Served {
  readonly url: string;
  readonly folder: string;
}

async function withEditor<T>(
  bench: Bench,
  vsix: readonly string[],
  use: (served: Served) => Promise<T>,
): Promise<T> {
  bench.signal.throwIfAborted();
  const folder = join(bench.folder, `workspace-${vsix.length}-${Date.now()}`);
  await mkdir(folder);
  const server = await startCodeServer({ folder, vsix });
  try {
    return await use({ url: server.url, folder });
  } finally {
    await server.close();
  }
}

async function starts(
  bench: Bench,
  browser: Browser,
  { url }: Served,
): Promise<Pick<InEditor, "starts">> {
  const starts: InEditor["starts"][number][] = [];
  const count = bench.isQuick ? 2 : 12;
  for (let at = 1; at <= count; at += 1) {
    bench.signal.throwIfAborted();
    bench.say(`starting the editor's extension host, ${at} of ${count}`);
    const [extension, empty] = await activate(browser, url, [ID, EMPTY_ID]);
    if (extension && empty) starts.push({ extension, empty });
  }
  return { starts };
}

/** The same in two windows: one with the real catalog, one with the large one. */
async function catalogs(
  bench: Bench,
  browser: Browser,
  few: Served,
  many: Served,
): Promise<Pick<InEditor, "host" | "windows">> {
  const workbenches = [
    await openWorkbench(browser, few.url),
    await openWorkbench(browser, many.url),
  ] as const;
  const windows = {
    few: await Window.open(workbenches[0], TOPIC),
    many: await Window.open(workbenches[1], TOPIC),
  };
  bench.say("measuring in the extension host");
  const host = await measureInHost(workbenches[1], many.folder);
  const count = bench.isQuick ? 1 : 6;
  for (let at = 1; at <= count; at += 1) {
    bench.signal.throwIfAborted();
    bench.say(`expanding and searching, ${at} of ${count}`);
    await windows.few.round();
    await windows.many.round();
  }
  return { host, windows: { few: windows.few.times, many: windows.many.times } };
}

async function measureInHost(workbench: Workbench, folder: string): Promise<HostTimes> {
  await workbench.runCommand(`${MEASURE.category}: ${MEASURE.title}`);
  const read = () => readFile(join(folder, RESULTS), "utf8").catch(() => undefined);
  return JSON.parse(await until("the extension to measure itself", read, 600_000)) as HostTimes;
}
