/** The document of a run of all, to be read on GitHub. */
import { catalog } from "virtual:catalog";
import { BEHAVIOURS } from "./behaviours.js";
import { type ByLanguage, type Counts, LANGUAGES, byOption } from "./counts.js";
import { SCENARIOS } from "./scenarios/index.js";
import { titleOf } from "./plan.js";
import type { Result } from "./verify.js";

const MOST_FAILURES = 50;

export function report(counts: Counts, results: readonly Result[]): string {
  return (
    [
      "# What has been verified",
      "Written by `npm run verify`, which runs every client that the catalog can make, as a " +
        "process against a server that misbehaves on purpose. A run is one client in one scenario. " +
        howMany(counts),
      summary(counts),
      "## Behaviours",
      behaviourTable(counts),
      "## Options",
      "Runs by what they are about, of all clients that have the option.",
      ...optionTables(counts, results),
      ...failures(results),
      "",
    ]
      .join("\n\n")
      .trimEnd() + "\n"
  );
}

/** Which scenarios were run with every client, as far as they apply to it. */
function howMany({ isExhaustive }: Counts): string {
  if (isExhaustive) return "Every client is run in every scenario that applies to it.";
  const whole = SCENARIOS.filter(({ withEveryClient }) => withEveryClient).map(
    ({ title, behaviour }) => `“${title}” (${behaviour})`,
  );
  return (
    `Every client is run in these: ${whole.join(", ")}. In each of the others as many are run as ` +
    "it takes for every two answers of the wizard to occur together, as far as it applies to them."
  );
}

function summary({ date, total, versions, clients: about }: Counts): string {
  const { clients, runs, failed, behaviours } = total;
  const scenarios = SCENARIOS.length;
  return list([
    `**${number(runs)} runs, ${number(runs - failed)} passed, ${number(failed)} failed**`,
    `${number(clients)} clients, ${scenarios} scenarios, ${behaviours} behaviours kept by all`,
    `On ${date}, with ${Object.entries(versions)
      .map((version) => version.join(" "))
      .join(", ")}`,
    `Hash of the clients \`${about}\`; \`npm run verify -- --check\` says whether they have changed`,
  ]);
}

function behaviourTable({ behaviours }: Counts): string {
  const rows = BEHAVIOURS.map((behaviour) => {
    const scenarios = SCENARIOS.filter(({ behaviour: shown }) => shown === behaviour.number);
    const found = behaviours[behaviour.number] ?? {};
    const text = `${behaviour.text}${behaviour.reference ? ` (${behaviour.reference})` : ""}`;
    const told = behaviour.isLater
      ? LANGUAGES.map(() => "not claimed")
      : LANGUAGES.map(shares(found));
    return [String(behaviour.number), text, String(scenarios.length), ...told];
  });
  return table(["#", "behaviour", "scenarios", ...LANGUAGES.map(titleOfLanguage)], rows);
}

function optionTables({ options }: Counts, results: readonly Result[]): readonly string[] {
  const runs = byOption(results);
  const groups = new Set([...runs.keys()].map((id) => id.slice(0, id.indexOf("/"))));
  return [...groups].map((group) => {
    const sections = [...new Set(BEHAVIOURS.map(({ section }) => section))].filter((section) =>
      results.some((result) => sectionOf(result) === section),
    );
    const rows = [...runs].flatMap(([id, some]) => {
      if (!id.startsWith(`${group}/`)) return [];
      const cells = sections.map((section) =>
        share(some.filter((result) => sectionOf(result) === section)),
      );
      const clients = LANGUAGES.map((name) => number(options[id]?.[name]?.clients ?? 0));
      return [[titleOfOption(id), ...clients, ...cells]];
    });
    const head = [
      titleOfGroup(group),
      ...LANGUAGES.map((name) => `${titleOfLanguage(name)} clients`),
    ];
    return table([...head, ...sections], rows);
  });
}

function failures(results: readonly Result[]): readonly string[] {
  const failed = results.filter(({ failure }) => failure !== undefined);
  if (failed.length === 0) return [];
  const shown = failed.slice(0, MOST_FAILURES).map(titleOf);
  const more =
    failed.length > MOST_FAILURES ? [`… ${number(failed.length - MOST_FAILURES)} more`] : [];
  return ["## Failures", list([...shown, ...more])];
}

const SECTIONS = new Map(BEHAVIOURS.map(({ number: of, section }) => [of, section]));

function sectionOf({ scenario }: Result): string {
  return SECTIONS.get(scenario.behaviour) ?? "";
}

/** `1,512`, or `1,510 of 1,512` where some failed. */
function share(results: readonly Result[]): string {
  const passed = results.filter(({ failure }) => failure === undefined).length;
  if (results.length === 0) return "–";
  return passed === results.length
    ? number(passed)
    : `**${number(passed)} of ${number(results.length)}**`;
}

const shares = (found: ByLanguage) => (language: keyof ByLanguage) => {
  const count = found[language];
  if (!count) return "–";
  const { clients, runs, failed } = count;
  const passed = failed === 0 ? number(runs) : `**${number(runs - failed)} of ${number(runs)}**`;
  return `${passed} (${number(clients)} clients)`;
};

function titleOfLanguage(name: string): string {
  return catalog.languages.find((language) => language.name === name)?.title ?? name;
}

function titleOfGroup(name: string): string {
  return catalog.groups.find((group) => group.name === name)?.title ?? name;
}

function titleOfOption(id: string): string {
  const block = catalog.groups.flatMap(({ blocks }) => blocks).find((one) => one.id === id);
  return block?.title ?? id.slice(id.indexOf("/") + 1);
}

function number(value: number): string {
  return value.toLocaleString("en");
}

function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join("\n");
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
