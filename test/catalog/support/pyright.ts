import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { availableParallelism, tmpdir } from "node:os";
import { join, relative, sep } from "node:path";
import { ensurePython } from "../../../scripts/setup/python.mjs";
import { Findings, type Text } from "./findings.js";

const PYRIGHT = createRequire(import.meta.url).resolve("pyright");

interface Report {
  readonly generalDiagnostics: readonly {
    readonly file: string;
    readonly rule?: string;
    readonly message: string;
    readonly range: { readonly start: { readonly line: number } };
  }[];
  readonly summary: { readonly filesAnalyzed: number };
}

/** It slows down with what it has seen: a run for so many samples, and a run per core at once. */
const BATCH = 200;

/** What pyright says in its strict mode. */
export async function pyrightFindings(samples: readonly Text[]): Promise<string> {
  const findings = new Findings();
  const batches = Array.from({ length: Math.ceil(samples.length / BATCH) }, (_, index) =>
    samples.slice(index * BATCH, (index + 1) * BATCH),
  );
  const work = async () => {
    for (let batch = batches.pop(); batch; batch = batches.pop()) await check(batch, findings);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return String(findings);
}

async function check(samples: readonly Text[], findings: Findings): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "api-snippets-pyright-"));
  try {
    await writeFile(
      join(folder, "pyrightconfig.json"),
      JSON.stringify({
        typeCheckingMode: "strict",
        pythonVersion: "3.9",
        // Old versions of redis, such as Debian's, tell no types.
        reportMissingTypeStubs: false,
      }),
    );
    const files = new Map<string, Text>(samples.flatMap(filesOf));
    for (const [path, { text }] of files) {
      await mkdir(join(folder, path, ".."), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    const { generalDiagnostics, summary } = await pyright(folder);
    if (summary.filesAnalyzed !== files.size) {
      throw new Error(`pyright looked at ${summary.filesAnalyzed} of ${files.size} files`);
    }
    for (const { file, rule, message, range } of generalDiagnostics) {
      const found = files.get(relative(folder, file).replaceAll(sep, "/"));
      const line = found?.text.split("\n")[range.start.line] ?? "";
      findings.add(`${rule ?? ""} ${message}: ${line}`, found?.name ?? file);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Each sample in a folder of its own, where a file beside it imports it. */
function filesOf({ name, text, beside = [] }: Text, index: number) {
  return [{ fileName: "client.py", text }, ...beside]
    .filter(({ fileName }) => fileName.endsWith(".py"))
    .map((file) => [`${index}/${file.fileName}`, { name, text: file.text }] as const);
}

/** Its exit code only repeats what the report says. */
async function pyright(folder: string): Promise<Report> {
  const python = await ensurePython();
  const args = [PYRIGHT, "--outputjson", "--pythonpath", python, "--project", folder];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { maxBuffer: 2 ** 28 }, (error, stdout, stderr) => {
      try {
        resolve(JSON.parse(stdout) as Report);
      } catch {
        reject(new Error(`pyright said: ${stdout}${stderr}`, { cause: error }));
      }
    });
  });
}
