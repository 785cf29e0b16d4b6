import { mkdtemp, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { replaceTogether } from "../../../bench/performance/documents.js";
import { documents, runSections } from "../../../bench/performance/program.js";
import type { Measure, Section } from "../../../bench/performance/section.js";

const section: Section = {
  title: "Pages",
  text: "How fast.",
  tables: [{ head: ["client", "share"], rows: [["one | two", "0.97"]] }],
  plots: [{ name: "pages", alt: "Shares", spec: { mark: "bar" } }],
  targets: [
    { what: "speed", target: "≥ 0.95", found: "0.97", isMet: true },
    { what: "memory", target: "0", found: "80", isMet: false },
    { what: "limit", target: "0", found: "no Redis", isMet: undefined },
  ],
  versions: { got: "1.2.3" },
};

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "bench-test-"));
});

afterEach(() => rm(folder, { recursive: true }));

function run(measures: Record<string, Measure>, stopping = new AbortController()) {
  const said: string[] = [];
  const sections = runSections(Object.keys(measures), {
    root: folder,
    signal: stopping.signal,
    isQuick: true,
    load: (name) => Promise.resolve(measures[name] ?? (() => Promise.reject(new Error(name)))),
    print: () => Promise.resolve(),
    say: (line) => said.push(line),
  });
  return sections.then((found) => ({ found, said: said.join("\n") }));
}

test("a section that fails is told of, and the others run", async () => {
  const { found, said } = await run({
    pages: () => Promise.reject(new Error("no server")),
    memory: () => Promise.resolve(section),
  });
  expect(found.failed).toEqual(["pages"]);
  expect(said).toContain("FAILED pages: Error: no server");
  const text = (await documents(found.sections, {}, undefined, undefined))["performance.md"] ?? "";
  expect(text).toContain("| Pages |  | not run | not measured |");
  expect(text).toContain("This was not run: `no server`");
  expect(text).toContain("| speed | ≥ 0.95 | 0.97 | met |");
});

test("a section's folder is gone when it is done, whatever its end", async () => {
  const folders: string[] = [];
  await run({
    pages: (bench) => {
      folders.push(bench.folder);
      return Promise.reject(new Error("no server"));
    },
  });
  await expect(stat(folders[0] ?? "")).rejects.toThrow("ENOENT");
});

test("after Ctrl-C no section is started, and the one under way doesn't count as failed", async () => {
  const stopping = new AbortController();
  const { found, said } = await run(
    {
      pages: () => {
        stopping.abort();
        return Promise.reject(new Error("killed"));
      },
      memory: () => Promise.resolve(section),
    },
    stopping,
  );
  expect(found).toEqual({ sections: [], failed: [] });
  expect(said).not.toContain("FAILED");
  expect(said).not.toContain("memory");
});

test("the document says which targets are met, missed and not measured, before all else", async () => {
  const draw = () => Promise.resolve("<svg/>");
  const files = await documents([section], { Python: "3.11" }, draw, undefined);
  expect(Object.keys(files)).toEqual(["performance-pages.svg", "performance.md"]);
  const text = files["performance.md"] ?? "";
  expect(text).toContain("| speed | ≥ 0.95 | 0.97 | met |");
  expect(text).toContain("| memory | 0 | 80 | **missed** |");
  expect(text).toContain("| limit | 0 | no Redis | not measured |");
  expect(text.indexOf("## Targets")).toBeLessThan(text.indexOf("## Pages"));
  expect(text).toContain("Python 3.11, got 1.2.3");
  expect(text).toContain("one \\| two");
  expect(text).toContain("![Shares](performance-pages.svg)");
});

test("without what draws, the document says so and shows no plots", async () => {
  const files = await documents([section], {}, undefined, "vega can't be installed");
  expect(Object.keys(files)).toEqual(["performance.md"]);
  expect(files["performance.md"]).toContain("Without plots: vega can't be installed");
  expect(files["performance.md"]).not.toContain("svg");
});

test("documents are replaced together, and those of an earlier run go", async () => {
  await writeFile(join(folder, "performance.md"), "old");
  await writeFile(join(folder, "performance-gone.svg"), "old");
  await writeFile(join(folder, "other.md"), "other");
  const isPlot = (name: string) => name.endsWith(".svg");
  const files = { "performance-a.svg": "new", "performance.md": "new" };
  await replaceTogether(folder, join(folder, "parts"), files, isPlot);
  expect(await readdir(join(folder, "parts"))).toEqual([]);
  await rm(join(folder, "parts"), { recursive: true });
  const left = await readdir(folder);
  expect(left.sort()).toEqual(["other.md", "performance-a.svg", "performance.md"]);
  expect(await readFile(join(folder, "performance.md"), "utf8")).toBe("new");
});

test("where one document can't be written, all stay as they were", async () => {
  await writeFile(join(folder, "performance.md"), "old");
  const files = { "performance.md": "new", "missing/performance.svg": "new" };
  const parts = join(folder, "parts");
  await expect(replaceTogether(folder, parts, files, () => true)).rejects.toThrow("ENOENT");
  expect(await readdir(parts)).toEqual([]);
  expect(await readFile(join(folder, "performance.md"), "utf8")).toBe("old");
});
