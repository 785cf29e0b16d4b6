/** The whole command line but for the process around it. */
import { Command, CommanderError } from "commander";
import { version } from "../../package.json";
import { EXIT, EXIT_CODES_HELP } from "./exit-codes.js";
import { generateCommand } from "./generate.js";
import { type Context, errorCode, errorText } from "./io.js";
import { listCommand } from "./list.js";
import { sandboxCommand } from "./sandbox.js";

const EXAMPLES = `
Examples:
  api-snippets list
  api-snippets generate --auth bearer --pagination cursor --out client.mjs
  api-snippets sandbox
`;

/** @returns the exit code; every expected failure has been told on stderr */
export async function run(args: readonly string[], context: Context): Promise<number> {
  const { io } = context;
  let help = "";
  let code: number = EXIT.ok;
  const end = (value: number) => {
    code = value;
  };
  const program = new Command("api-snippets")
    .description("API clients for your own code: authentication, pagination, retries, rate limits")
    .version(version)
    .addHelpText("after", EXAMPLES + EXIT_CODES_HELP);
  program.addCommand(listCommand(context, end));
  program.addCommand(generateCommand(context, end));
  program.addCommand(sandboxCommand(context, end));
  for (const command of [program, ...program.commands]) {
    command
      .exitOverride()
      .showSuggestionAfterError()
      .configureOutput({
        writeOut: (text) => {
          help += text;
        },
        writeErr: (text) => {
          io.err(text);
        },
      });
  }
  try {
    await program.parseAsync(args, { from: "user" });
    return code;
  } catch (error) {
    if (!(error instanceof CommanderError)) return failed(error, context);
    if (error.exitCode !== 0) return EXIT.usage;
  }
  return io.out(help).then(
    () => EXIT.ok,
    (error: unknown) => failed(error, context),
  );
}

/** A reader that has seen enough, as `head` does, is no failure. */
function failed(error: unknown, { io }: Context): number {
  const code = errorCode(error);
  if (code === "EPIPE") return EXIT.ok;
  if (code === undefined) throw error;
  io.err(`error: The output can't be written: ${errorText(error)}\n`);
  return EXIT.io;
}
