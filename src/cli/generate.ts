/** `api-snippets generate`: the wizard's questions as flags. */
import { Command, Option } from "commander";
import { basename, dirname, join } from "node:path";
import type { Catalog } from "../catalog/catalog.js";
import { type Question, questions, tickLists } from "../catalog/questions.js";
import { type Answers, type Recipe, parseRecipe } from "../catalog/recipe.js";
import { Renderer } from "../render/renderer.js";
import { EXIT, EXIT_CODES_HELP } from "./exit-codes.js";
import { type Context, type OutputFile, WriteError, errorCode } from "./io.js";

interface Flags {
  /** False for --no-extras. */
  readonly extras: boolean;
  readonly extra: readonly string[];
  readonly set: readonly string[];
  readonly out?: string;
  readonly force?: true;
}

const EXAMPLES = `
Examples:
  api-snippets generate --language python --auth oauth2-client-credentials
  api-snippets generate --pagination offset --set path=/v2/users --set pageSize=50
  api-snippets generate --out client.mjs
  api-snippets generate --use-case sync-job --extra metrics --extra preflight --out sync.mjs

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
    .addOption(repeatable("--set <field=value>", "a field of the recipe; may be repeated"))
    .addOption(extraOption(context.catalog))
    .option("--no-extras", "no extra, not even those that the use case brings along")
    .option("--out <file>", "write to this file, and others beside it; what is there is left alone")
    .option("--force", "let --out replace files")
    .addHelpText("after", EXAMPLES + EXIT_CODES_HELP)
    .action(async (given: Flags & Readonly<Record<string, unknown>>) => {
      const options = flags.flatMap(({ name, attribute }) => {
        const value = given[attribute];
        return typeof value === "string" ? [[name, value] as const] : [];
      });
      end(await generate(context, Object.fromEntries(options), given));
    });
}

const NOTHING: Answers = { options: {}, set: {} };

function allQuestions(catalog: Catalog): readonly Question[] {
  return questions(catalog, NOTHING);
}

function questionOption({ name, prompt, choices, default: standard }: Question): Option {
  const names = choices.map(({ answer }) => answer.name);
  const described = names.map((each) => (each === standard ? `${each} (default)` : each));
  return new Option(`--${name} <name>`, `${prompt} ${described.join(", ")}`);
}

function extraOption(catalog: Catalog): Option {
  const names = tickLists(catalog, NOTHING).flatMap(({ choices }) =>
    choices.map(({ answer }) => answer.name),
  );
  const description = `an extra, in the place of those that the use case brings along; may be repeated: ${names.join(", ")}`;
  return repeatable("--extra <name>", description);
}

function repeatable(flags: string, description: string): Option {
  const collect = (value: string, before: readonly string[]) => [...before, value];
  return new Option(flags, description).argParser(collect).default([], "none");
}

/** @returns the exit code */
async function generate(
  { catalog, parts, io }: Context,
  options: Answers["options"],
  flags: Flags,
): Promise<number> {
  const { out, force = false } = flags;
  const fields = parseSet(flags.set);
  const extras = flags.extras && flags.extra.length === 0 ? undefined : flags.extra;
  const recipe = parseRecipe(catalog, { options, set: fields.values, extras });
  const problems = [...fields.problems, ...(recipe.ok ? [] : recipe.problems)];
  if (force && out === undefined) problems.push("--force needs --out.");
  if (!flags.extras && flags.extra.length > 0) problems.push("--no-extras rules out --extra.");
  if (!recipe.ok || problems.length > 0) {
    io.err(problems.map((problem) => `error: ${problem}\n`).join(""));
    return EXIT.usage;
  }
  const files = outputFiles(new Renderer(catalog, parts), recipe.value, out);
  const [client, ...others] = files;
  if (out !== undefined) {
    if (!others.some(({ path }) => path === join(out))) return save(io, files, force);
    io.err(`error: --out ${out} is the name of a file beside the client.\n`);
    return EXIT.usage;
  }
  if (others.length > 0) {
    const names = files.map(({ path }) => path).join(", ");
    const orNone = extras === undefined ? " --no-extras leaves but the client." : "";
    io.err(`error: --out is needed: this recipe has ${files.length} files: ${names}.${orNone}\n`);
    return EXIT.usage;
  }
  await io.out(client?.text ?? "");
  return EXIT.ok;
}

/** The client and what stands beside it, named after it. */
function outputFiles(renderer: Renderer, recipe: Recipe, out?: string): readonly OutputFile[] {
  const client = renderer.file(recipe);
  const path = out ?? client.fileName;
  const beside = renderer.filesBeside(recipe, basename(path));
  return [
    { path, text: client.text },
    ...beside.map(({ fileName, text }) => ({ path: join(dirname(path), fileName), text })),
  ];
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
  io: Context["io"],
  files: readonly OutputFile[],
  isForced: boolean,
): Promise<number> {
  try {
    await (isForced ? io.files.replace(files) : io.files.create(files));
    return EXIT.ok;
  } catch (error) {
    if (!(error instanceof WriteError)) throw error;
    const { path, cause, message } = error;
    if (errorCode(cause) !== "EEXIST") {
      io.err(`error: ${path} can't be written: ${message}\n`);
      return EXIT.io;
    }
    const hint = isForced ? "is there and isn't a file" : "is there already; --force replaces it";
    io.err(`error: ${path} ${hint}.\n`);
    return EXIT.cannotCreate;
  }
}
