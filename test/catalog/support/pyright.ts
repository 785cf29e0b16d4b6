import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
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

/** What pyright says in its strict mode, called once for all samples. */
export async function pyrightFindings(samples: readonly Text[]): Promise<string> {
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
    await Promise.all(
      samples.map(({ text }, index) => writeFile(join(folder, `client_${index}.py`), text)),
    );
    const { generalDiagnostics, summary } = await pyright(folder);
    if (summary.filesAnalyzed !== samples.length) {
      return `pyright looked at ${summary.filesAnalyzed} of ${samples.length} files`;
    }
    const findings = new Findings();
    for (const { file, rule, message, range } of generalDiagnostics) {
      const sample = samples[Number(/\d+/.exec(basename(file))?.[0])];
      const line = sample?.text.split("\n")[range.start.line] ?? "";
      findings.add(`${rule ?? ""} ${message}: ${line}`, sample?.name ?? file);
    }
    return String(findings);
  } finally {
    await rm(folder, { recursive: true });
  }
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
