/** `api-snippets generate`: the wizard's questions as flags. */
import { Command, Option } from "commander";
import type { Catalog } from "../catalog/catalog.js";
import { type Question, questions } from "../catalog/questions.js";
import { type Answers, parseRecipe } from "../catalog/recipe.js";
import { Renderer } from "../render/renderer.js";
import { EXIT, EXIT_CODES_HELP } from "./exit-codes.js";
import { type Context, errorCode, errorText } from "./io.js";

interface Flags {
  readonly set: readonly string[];
  readonly out?: string;
  readonly force?: true;
}

const EXAMPLES = `
Examples:
  api-snippets generate --language python --auth oauth2-client-credentials
  api-snippets generate --pagination offset --set path=/v2/users --set pageSize=50
  api-snippets generate --out client.mjs

The groups, their options and the fields: api-snippets list
`;

/** @param end takes the exit code */
export function generateCommand(context: Context, end: (code: number) => void): Command {
  const command = new Command("generate").description("write an API client to stdout or a file");
  const flags = allQuestions(context.catalog).map((question) => {
    const option = questionOption(question);
    command.addOption(option);
    return { name: question.name, attribute: option.attributeName() };
  });
  return command
    .option("--set <field=value>", "a field of the recipe; may be repeated", collect, [])
    .option("--out <file>", "write to this file; one that is there already is left alone")
    .option("--force", "let --out replace a file")
    .addHelpText("after", EXAMPLES + EXIT_CODES_HELP)
    .action(async (given: Flags & Readonly<Record<string, unknown>>) => {
      const options = flags.flatMap(({ name, attribute }) => {
        const value = given[attribute];
        return typeof value === "string" ? [[name, value] as const] : [];
      });
      end(await generate(context, Object.fromEntries(options), given));
    });
}

function allQuestions(catalog: Catalog): readonly Question[] {
  return questions(catalog, { options: {}, set: {} });
}

function questionOption({ name, prompt, choices, default: standard }: Question): Option {
  const names = choices.map(({ answer }) => answer.name);
  const described = names.map((each) => (each === standard ? `${each} (default)` : each));
  return new Option(`--${name} <name>`, `${prompt} ${described.join(", ")}`);
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

/** @returns the exit code */
async function generate(
  { catalog, parts, io }: Context,
  options: Answers["options"],
  { set, out, force }: Flags,
): Promise<number> {
  const fields = parseSet(set);
  const recipe = parseRecipe(catalog, { options, set: fields.values });
  const problems = [...fields.problems, ...(recipe.ok ? [] : recipe.problems)];
  if (force && out === undefined) problems.push("--force needs --out.");
  if (!recipe.ok || problems.length > 0) {
    io.err(problems.map((problem) => `error: ${problem}\n`).join(""));
    return EXIT.usage;
  }
  const { text } = new Renderer(catalog, parts).file(recipe.value);
  if (out === undefined) {
    await io.out(text);
    return EXIT.ok;
  }
  return save({ io, catalog, parts }, out, text, force ?? false);
}

function parseSet(entries: readonly string[]): { values: Answers["set"]; problems: string[] } {
  const problems = entries
    .filter((entry) => entry.indexOf("=") < 1)
    .map((entry) => `--set ${entry} must be FIELD=VALUE.`);
  const pairs = entries
    .filter((entry) => entry.indexOf("=") >= 1)
    .map((entry) => {
      const at = entry.indexOf("=");
      return [entry.slice(0, at), entry.slice(at + 1)] as const;
    });
  return { values: Object.fromEntries(pairs), problems };
}

async function save(
  { io }: Context,
  path: string,
  text: string,
  isForced: boolean,
): Promise<number> {
  try {
    await (isForced ? io.files.replace(path, text) : io.files.create(path, text));
    return EXIT.ok;
  } catch (error) {
    if (errorCode(error) !== "EEXIST") {
      io.err(`error: ${path} can't be written: ${errorText(error)}\n`);
      return EXIT.io;
    }
    const hint = isForced ? "is there and isn't a file" : "is there already; --force replaces it";
    io.err(`error: ${path} ${hint}.\n`);
    return EXIT.cannotCreate;
  }
}
