/** The document of a run of all, to be read on GitHub. */
import { catalog } from "virtual:catalog";
import { BEHAVIOURS } from "./behaviours.js";
import { type ByLanguage, type Counts, LANGUAGES, byOption } from "./counts.js";
import { SCENARIOS } from "./scenarios/index.js";
import { titleOf } from "./plan.js";
import type { Result } from "./verify.js";

const MOST_FAILURES = 50;
const SECTIONS = [...new Set(BEHAVIOURS.map(({ section }) => section))];
const OPTIONS = catalog.groups.flatMap(({ blocks }) => blocks);

export function report(counts: Counts, results: readonly Result[]): string {
  return (
    [
      "# What has been verified",
      "Written by `npm run verify`, which runs every client without use case and extras, and jobs in " +
        "the scenarios that are about them, as a process against a server that misbehaves on purpose. A run is one client in one scenario, " +
        "which is about one behaviour. " +
        howMany(counts) +
        " What fails while others run beside it is run once more alone, and that counts.",
      summary(counts),
      "## Behaviours",
      "Runs that passed, and of how many clients. “–”: it can't occur in a " +
        "client of that language that isn't a service. Services, as well as the extras that have no " +
        "row of their own, are tested by `npm test`.",
      ...behaviourTables(counts),
      "## Options",
      "Runs that passed, of all clients with the option, by the sections above. “–”: no " +
        "scenario of that section was run with it. Clients without use case, which are exports too, are " +
        "counted with the options that they have.",
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
    ({ title, behaviour }) => `“${title}” (behaviour ${behaviour})`,
  );
  return (
    `Every client that they apply to is run in ${whole.join(" and ")}; in each of the other ` +
    "scenarios as many are run as it takes for every two answers of the wizard to occur together, " +
    "where it applies to them."
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

function behaviourTables({ behaviours }: Counts): readonly string[] {
  const head = ["#", "behaviour", "scenarios", ...LANGUAGES.map(titleOfLanguage)];
  return SECTIONS.flatMap((section) => {
    const rows = BEHAVIOURS.filter((behaviour) => behaviour.section === section).map(
      ({ number: shown, text, reference }) => [
        String(shown),
        `${text}${reference ? ` (${reference})` : ""}`,
        String(SCENARIOS.filter(({ behaviour }) => behaviour === shown).length),
        ...LANGUAGES.map(shares(behaviours[shown] ?? {})),
      ],
    );
    return [`### ${section}`, table(head, rows)];
  });
}

function optionTables({ options }: Counts, results: readonly Result[]): readonly string[] {
  const runs = [...byOption(results)].sort(([one], [two]) => placeOf(one) - placeOf(two));
  const groups = new Set(runs.map(([id]) => id.slice(0, id.indexOf("/"))));
  const sections = SECTIONS.filter((section) =>
    results.some((result) => sectionOf(result) === section),
  );
  return [...groups].map((group) => {
    const rows = runs.flatMap(([id, some]) => {
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

/** As in the wizard; after that the choices of fields. */
function placeOf(id: string): number {
  const place = OPTIONS.findIndex((option) => option.id === id);
  return place === -1 ? OPTIONS.length : place;
}

function failures(results: readonly Result[]): readonly string[] {
  const failed = results.filter(({ failure }) => failure !== undefined);
  if (failed.length === 0) return [];
  const shown = failed.slice(0, MOST_FAILURES).map(titleOf);
  const more =
    failed.length > MOST_FAILURES ? [`… ${number(failed.length - MOST_FAILURES)} more`] : [];
  return ["## Failures", list([...shown, ...more])];
}

function sectionOf({ scenario }: Result): string | undefined {
  return BEHAVIOURS.find((behaviour) => behaviour.number === scenario.behaviour)?.section;
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
  return catalog.groups.find((group) => group.name === name)?.title ?? `\`${name}\``;
}

function titleOfOption(id: string): string {
  const option = OPTIONS.find((one) => one.id === id);
  return option?.title ?? `\`${id.slice(id.indexOf("/") + 1)}\``;
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
