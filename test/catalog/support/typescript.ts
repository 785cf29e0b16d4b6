import ts from "typescript";
import { fileURLToPath } from "node:url";
import { Findings, type Text } from "./findings.js";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url)).replaceAll("\\", "/");
/** No such folder: the files are in memory, each in its own, where they find what is installed. */
const FOLDER = `${ROOT}test/catalog/in-memory`;

const OPTIONS: ts.CompilerOptions = {
  allowJs: true,
  checkJs: true,
  strict: true,
  noEmit: true,
  noImplicitReturns: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.NodeNext,
  types: ["node"],
  skipLibCheck: true,
};

/**
 * What `tsc --checkJs --strict` says, all samples being files of one program.
 * @param lib by default all that Node.js has, and nothing that only a browser has
 */
export function typeFindings(samples: readonly Text[], lib = ["lib.es2023.d.ts"]): string {
  const options = { ...OPTIONS, lib };
  const names = new Map<string, Text>(
    samples.flatMap(({ name, text, beside = [] }, index) =>
      [{ fileName: "client.mjs", text }, ...beside]
        .filter(({ fileName }) => fileName.endsWith(".mjs"))
        .map((file) => [`${FOLDER}/${index}/${file.fileName}`, { name, text: file.text }] as const),
    ),
  );
  const disk = ts.createCompilerHost(options);
  const host: ts.CompilerHost = {
    ...disk,
    getCurrentDirectory: () => ROOT,
    directoryExists: (path) => path.startsWith(FOLDER) || ts.sys.directoryExists(path),
    fileExists: (path) => names.has(path) || disk.fileExists(path),
    readFile: (path) => names.get(path)?.text ?? disk.readFile(path),
    getSourceFile: (path, target, ...rest) => {
      const sample = names.get(path);
      return sample
        ? ts.createSourceFile(path, sample.text, target)
        : disk.getSourceFile(path, target, ...rest);
    },
  };
  const program = ts.createProgram([...names.keys()], options, host);
  const findings = new Findings();
  for (const diagnostic of ts.getPreEmitDiagnostics(program)) {
    const { file, start, messageText, code } = diagnostic;
    const line = file?.text.slice(start).split("\n", 1)[0] ?? "";
    const message = ts.flattenDiagnosticMessageText(messageText, " ");
    findings.add(`TS${code} ${message}: ${line}`, names.get(file?.fileName ?? "")?.name ?? "");
  }
  return String(findings);
}

/** What the parser of TypeScript says, which leaves types alone. */
export function syntaxFindings(samples: readonly Text[]): string {
  const findings = new Findings();
  for (const { name, text } of samples) {
    const { diagnostics = [] } = ts.transpileModule(text, {
      fileName: "snippet.ts",
      reportDiagnostics: true,
    });
    for (const { messageText } of diagnostics) {
      findings.add(ts.flattenDiagnosticMessageText(messageText, " "), name);
    }
  }
  return String(findings);
}
