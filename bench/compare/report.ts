/** The document of a whole run, to be read on GitHub. */
import { LANGUAGES, TITLES } from "../languages.js";
import type { Case } from "./case.js";
import { CASES } from "./cases/index.js";
import { CLIENTS, type Client } from "./clients.js";
import type { Found } from "./run.js";
import { NOT_COMPARED } from "./not-compared.js";

export interface About {
  readonly date: string;
  readonly versions: Readonly<Record<string, string>>;
  /** The files that the peers are set up in, in the order of the document. */
  readonly sources: readonly Source[];
}
export interface Source {
  readonly title: string;
  readonly language: string;
  readonly text: string;
}

const SIGNS = { passed: "✓", failed: "✗", "not asked": "–", "not run": "not run" } as const;

/** A case with its name in the tables: `30b` is the second of behaviour 30. */
interface Row {
  readonly id: string;
  readonly case: Case;
}

export function report(all: readonly Found[], about: About): string {
  const found = all.filter(({ case: { language }, client }) =>
    [undefined, client.language].includes(language),
  );
  const rows = rowsOf(found);
  const clients = CLIENTS.filter((one) => found.some(({ client }) => client === one));
  const generated = found.filter(({ client, state }) => !client.peer && state === "failed");
  const parts = [
    "# Generated clients beside what people would use instead",
    `Written by \`npm run compare\` on ${about.date}. Every client is run as a process against the ` +
      "same server, which misbehaves on purpose, and is judged by the same judge, which looks at " +
      "what the server and the process saw: names of errors, exit codes and logs are one's own. " +
      "The behaviours are those of [what is verified](verified.md). The generated clients are the " +
      "wizard's first answers: a bearer token, exponential backoff, no rate limit; with Link " +
      "headers or cursors as the row has it. The others are set up as their documentation " +
      "advises, [each shown whole below](#how-they-are-set-up), and told the same attempts, waits, " +
      "limits and statuses to try again, wherever they have an option for it. As scripts they end " +
      "by the error that they throw, generated clients by their own last lines. What fails while " +
      "others run beside it is run once more alone, and that counts.",
    "The rows are what generated clients were built for: that they pass says that they keep their " +
      "word, not that nothing else matters. [What the others do beyond it](#what-isnt-compared) is a " +
      "reason to take them. A ✗ says that a behaviour isn't shown, also where a client has no " +
      "setting for it; a – that the question doesn't arise, as below each table.",
    "## Where a generated client fails",
    generated.length === 0 ? "Nowhere in this run." : list(seenIn(rows, generated)),
    "## In all",
    totals(clients, found),
    ...notRun(found),
    ...LANGUAGES.flatMap((language) => {
      const there = clients.filter((client) => client.language === language);
      return there.length === 0 ? [] : behaviours(rows, there, found, TITLES[language]);
    }),
    "## What isn't compared",
    list(NOT_COMPARED),
    "And what some of the others do, and no generated client does: HTTP/2 and other protocols, " +
      "streams up and down, forms and uploads, proxies by a setting, cookies, caches, hooks and " +
      "plugins, browsers and other runtimes.",
    "## How they are set up",
    `On ${Object.entries(about.versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(", ")}.`,
    ...about.sources.map(
      ({ title, language, text }) =>
        `<details><summary>${title}</summary>\n\n\`\`\`${language}\n${text.trimEnd()}\n\`\`\`\n\n</details>`,
    ),
  ];
  return parts.join("\n\n") + "\n";
}

function rowsOf(found: readonly Found[]): readonly Row[] {
  const cases = CASES.filter((each) => found.some((one) => one.case === each));
  return cases.map((one) => {
    const same = cases.filter(({ behaviour }) => behaviour === one.behaviour);
    const letter = same.length > 1 ? String.fromCharCode(97 + same.indexOf(one)) : "";
    return { id: `${one.behaviour}${letter}`, case: one };
  });
}

function totals(clients: readonly Client[], found: readonly Found[]): string {
  const count = (client: Client, state: Found["state"]) =>
    String(found.filter((one) => one.client === client && one.state === state).length);
  return table(
    ["Client", "", "✓ passes", "✗ fails", "– not applicable"],
    clients.map((client) => [
      client.label,
      TITLES[client.language],
      ...(isRun(client, found)
        ? (["passed", "failed", "not asked"] as const).map((state) => count(client, state))
        : ["not run", "not run", "not run"]),
    ]),
  );
}

const isRun = (client: Client, found: readonly Found[]): boolean =>
  found.some((one) => one.client === client && one.state !== "not run");

function notRun(found: readonly Found[]): readonly string[] {
  const missing = found.filter(({ state }) => state === "not run");
  const reasons = missing.map(({ client, text = "" }) => `${client.label} was not run: ${text}`);
  return reasons.length === 0 ? [] : [list([...new Set(reasons)])];
}

function behaviours(
  rows: readonly Row[],
  clients: readonly Client[],
  all: readonly Found[],
  language: string,
): readonly string[] {
  const found = all.filter(({ client }) => clients.includes(client));
  const asked = rows.filter((row) =>
    found.some((one) => one.case === row.case && ["passed", "failed"].includes(one.state)),
  );
  const sign = (row: Row, client: Client) => {
    const one = found.find((each) => each.case === row.case && each.client === client);
    return one ? SIGNS[one.state] : "";
  };
  const failed = found.filter(({ state }) => state === "failed");
  const left = found.filter(({ state }) => state === "not asked");
  return [
    `## ${language}`,
    table(
      ["", "Behaviour", ...clients.map(({ label }) => label)],
      asked.map((row) => [row.id, row.case.title, ...clients.map((client) => sign(row, client))]),
    ),
    `What was seen for each ✗ in ${language}:`,
    failed.length === 0 ? "Nothing." : list(seenIn(asked, failed)),
    `Why there is a – in ${language}:`,
    left.length === 0 ? "There is none." : list(seenIn(asked, left)),
  ];
}

/** `29: octokit: waited 27 ms; undici: …`, those with the same words together. */
function seenIn(rows: readonly Row[], found: readonly Found[]): readonly string[] {
  return rows.flatMap((row) => {
    const here = CLIENTS.flatMap((client) =>
      found.filter((one) => one.case === row.case && one.client === client),
    );
    if (here.length === 0) return [];
    const texts = [...new Set(here.map(({ text = "" }) => text))];
    const said = texts.map((text) => {
      const names = here.filter((one) => one.text === text).map(({ client }) => nameOf(client));
      return `${names.join(", ")}: ${escaped(text)}`;
    });
    return [`**${row.id}** ${said.join("; ")}`];
  });
}

const nameOf = ({ label, language, peer }: Client): string =>
  peer ? label : `${label} (${TITLES[language]})`;

/** Text of others, in a document of Markdown. */
const escaped = (text: string): string => text.replace(/[\\`*_<>[\]|~#]/g, "\\$&");

const list = (items: readonly string[]): string => items.map((item) => `- ${item}`).join("\n");

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
