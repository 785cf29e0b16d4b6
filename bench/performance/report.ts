/** The document of a whole run, to be read on GitHub. */
import { quoted } from "../markdown.js";
import type { Plot, Section, Table, Target } from "./section.js";

export interface About {
  /** `2026-01-31` */
  readonly date: string;
  readonly versions: Readonly<Record<string, string>>;
  /** Cores and processor. */
  readonly machine: string;
  /** Why there are no plots; undefined where there are. */
  readonly withoutPlots: string | undefined;
}

export function report(about: About, sections: readonly Section[]): string {
  const versions = sections.map((section) => section.versions ?? {});
  const targets = sections.flatMap((section) => section.targets);
  return paragraphs(
    "# Performance",
    "Written by `npm run bench`. What is compared runs in turns within one run, so that whatever " +
      "else the machine does is in both: ratios can be compared with those of other machines, " +
      "absolute numbers can't.",
    `On ${about.date}, with ${list([about.versions, ...versions])}; ${about.machine}.`,
    about.withoutPlots && `Without plots: ${quoted(about.withoutPlots)}`,
    "## Targets",
    targetTable(targets),
    ...sections.map((section) => sectionText(section, !about.withoutPlots)),
  );
}

/** @param withPlots the files stand beside the document */
export function sectionText(section: Section, withPlots: boolean): string {
  return paragraphs(
    `## ${section.title}`,
    section.text,
    ...(withPlots ? section.plots.map(image) : []),
    ...section.tables.map((table) => paragraphs(table.caption, tableText(table))),
  );
}

export function fileOf({ name }: Plot): string {
  return `performance-${name}.svg`;
}

export function targetTable(targets: readonly Target[]): string {
  const word = ({ isMet }: Target) =>
    isMet === undefined ? "not measured" : isMet ? "met" : "**missed**";
  return tableText({
    head: ["", "target", "found", ""],
    rows: targets.map((target) => [target.what, target.target, target.found, word(target)]),
  });
}

function image(plot: Plot): string {
  return `![${plot.alt}](${fileOf(plot)})`;
}

function tableText({ head, rows }: Table): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replaceAll("\n", " ")).join(" | ")} |`;
  const rule = head.map((_, index) => (index === 0 ? "---" : "---:"));
  return [line(head), line(rule), ...rows.map(line)].join("\n");
}

/** Where sections ran with several versions of the same, all of them. */
function list(versions: readonly About["versions"][]): string {
  const all = versions.flatMap((one) => Object.entries(one));
  const names = [...new Set(all.map(([name]) => name))];
  return names
    .map((name) => {
      const own = new Set(all.filter(([other]) => other === name).map(([, version]) => version));
      return `${name} ${[...own].join(" and ")}`;
    })
    .join(", ");
}

function paragraphs(...texts: readonly (string | undefined)[]): string {
  return texts.filter((text) => text).join("\n\n");
}
