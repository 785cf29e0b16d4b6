/** Runs sections one after the other, and makes the documents of a run of all. */
import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { type About, fileOf, report, sectionText, targetTable } from "./report.js";
import type { Bench, Measure, Plot, Section } from "./section.js";

export { replaceTogether } from "./documents.js";

/** What a run is given. */
export interface Setting {
  readonly root: string;
  readonly signal: AbortSignal;
  readonly isQuick: boolean;
  readonly load: (name: string) => Promise<Measure>;
  readonly print: (markdown: string) => Promise<void>;
  readonly say: (line: string) => void;
}

export interface Run {
  /** Instead of one that failed, one that says why. */
  readonly sections: readonly Section[];
  readonly failed: readonly string[];
}

/** One after the other, until Ctrl-C. */
export async function runSections(names: readonly string[], setting: Setting): Promise<Run> {
  const sections: Section[] = [];
  const failed: string[] = [];
  for (const name of names) {
    const startedAt = performance.now();
    setting.say(`— ${name}`);
    try {
      const section = await runSection(name, setting);
      sections.push(section);
      await setting.print(`${sectionText(section, false)}\n\n${targetTable(section.targets)}`);
    } catch (error) {
      if (setting.signal.aborted) break;
      setting.say(`FAILED ${name}: ${inspect(error)}`);
      sections.push(notRun(name, error));
      failed.push(name);
    }
    if (setting.signal.aborted) break;
    setting.say(`— ${name}: ${Math.round((performance.now() - startedAt) / 1000)} s\n`);
  }
  return { sections, failed };
}

function notRun(name: string, error: unknown): Section {
  const title = name.charAt(0).toUpperCase() + name.slice(1);
  const [reason = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
  return {
    title,
    text: `This was not run: \`${reason.replaceAll("`", "'").slice(0, 300)}\``,
    tables: [],
    plots: [],
    targets: [{ what: title, target: "", found: "not run", isMet: undefined }],
  };
}

async function runSection(
  name: string,
  { root, signal, isQuick, load, say }: Setting,
): Promise<Section> {
  const measure = await load(name);
  const folder = await mkdtemp(join(tmpdir(), `bench-${name}-`));
  const bench: Bench = {
    root,
    folder,
    signal,
    isQuick,
    say: (text) => {
      say(`  ${text}`);
    },
  };
  try {
    return await measure(bench);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/**
 * The documents, texts by file name; the one that shows the plots is the last.
 * @param draw the SVG of a specification; undefined, and `withoutPlots` why, where it can't be had
 */
export async function documents(
  sections: readonly Section[],
  versions: About["versions"],
  draw: ((spec: object) => Promise<string>) | undefined,
  withoutPlots: string | undefined,
): Promise<Record<string, string>> {
  const date = new Date().toISOString().slice(0, 10);
  const about = { date, versions, machine: machine(), withoutPlots };
  const plots: readonly Plot[] = draw ? sections.flatMap((section) => section.plots) : [];
  const files: Record<string, string> = {};
  for (const plot of plots) files[fileOf(plot)] = (await draw?.(plot.spec)) ?? "";
  return { ...files, "performance.md": report(about, sections) };
}

function machine(): string {
  const model = cpus()[0]?.model.trim() ?? "unknown processor";
  const cores = availableParallelism();
  return `${cores} ${cores === 1 ? "core" : "cores"} of ${model}`;
}
