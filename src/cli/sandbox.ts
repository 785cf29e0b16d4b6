/** `api-snippets sandbox`: the mock API, to try generated clients on. */
import { Command, InvalidArgumentError } from "commander";
import {
  AUTHS,
  PAGINATIONS,
  SANDBOX_CREDENTIALS,
  SANDBOX_PRESETS,
  type Sandbox,
  startSandbox,
} from "../sandbox/index.js";
import { EXIT, EXIT_CODES_HELP } from "./exit-codes.js";
import { type Context, type Io, errorCode, errorText } from "./io.js";

const EXAMPLES = `
Examples:
  api-snippets sandbox
  api-snippets sandbox --port 8080
`;

/** @param end takes the exit code */
export function sandboxCommand({ io }: Context, end: (code: number) => void): Command {
  return new Command("sandbox")
    .description("run a mock API that misbehaves on demand, until interrupted")
    .option("--port <n>", "on 127.0.0.1; 0 takes any free one", parsePort, 0)
    .addHelpText("after", EXAMPLES + EXIT_CODES_HELP)
    .action(async ({ port }: { port: number }) => {
      end(await sandbox(io, port));
    });
}

function parsePort(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65535) return Number(text);
  throw new InvalidArgumentError("It must be a whole number from 0 to 65535.");
}

/** @returns the exit code */
async function sandbox(io: Io, port: number): Promise<number> {
  // Listens for signals before anybody can know that the sandbox is there.
  const stopped = io.untilStopped();
  const started = await startSandbox({ port }).catch((error: unknown) => {
    io.err(`error: ${refusal(error, port)}\n`);
  });
  if (started === undefined) return EXIT.unavailable;
  try {
    await io.out(welcome(started));
    return await stopped;
  } finally {
    await started.close();
  }
}

function refusal(error: unknown, port: number): string {
  if (errorCode(error) === "EADDRINUSE") {
    return `Port ${port} is in use. Take another, or leave --port out for any free one.`;
  }
  return `The sandbox can't listen on port ${port}: ${errorText(error)}`;
}

function welcome({ origin }: Sandbox): string {
  const base = `${origin}/bearer/cursor/flaky`;
  const variables = {
    API_BASE_URL: base,
    ...SANDBOX_CREDENTIALS,
    API_TOKEN_URL: `${origin}/oauth2-client-credentials/cursor/oauth/token`,
  };
  const width = Math.max(...Object.keys(SANDBOX_PRESETS).map((name) => name.length));
  const faults = Object.entries(SANDBOX_PRESETS).map(
    ([name, { description }]) => `    ${name.padEnd(width)}  ${description}`,
  );
  return `The sandbox is at ${origin}; Ctrl-C ends it.

Base URLs: ${origin}/AUTH/PAGINATION[/FAULT]...
  AUTH        ${AUTHS.join(", ")}
  PAGINATION  ${PAGINATIONS.join(", ")}
  FAULT
${faults.join("\n")}

Placeholders, in no way secret:
${Object.entries(variables)
  .map(([name, value]) => `export ${name}=${value}`)
  .join("\n")}

Try it, with these exported:
  api-snippets generate --auth bearer --pagination cursor --out client.mjs && node client.mjs
`;
}
