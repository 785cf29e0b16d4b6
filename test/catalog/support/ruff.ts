import { PositionEncoding, Workspace } from "@astral-sh/ruff-wasm-nodejs";
import { Findings, type Text, firstDifference } from "./findings.js";

const ruff = new Workspace(
  {
    "line-length": 100,
    "target-version": "py39",
    lint: { select: ["E", "W", "F", "I", "B", "UP", "SIM", "C4", "RET", "PIE", "A", "N"] },
  },
  PositionEncoding.Utf16,
);

interface Diagnostic {
  readonly code: string | null;
  readonly message: string;
  readonly start_location: { readonly row: number };
}

export function ruffFormat(text: string): string {
  return ruff.format(text);
}

export function formatFindings(samples: readonly Text[]): string {
  const findings = new Findings();
  for (const { name, text } of samples) {
    const difference = firstDifference(text, ruffFormat(text));
    if (difference) findings.add(difference, name);
  }
  return String(findings);
}

export function lintFindings(samples: readonly Text[]): string {
  const findings = new Findings();
  for (const { name, text } of samples) {
    for (const { code, message, start_location } of ruff.check(text) as Diagnostic[]) {
      const line = text.split("\n")[start_location.row - 1] ?? "";
      // The recipe stands in one line, so that a program can read it.
      if (code === "E501" && line.startsWith("# api-snippets: ")) continue;
      findings.add(`${code ?? ""} ${message}: ${line}`, name);
    }
  }
  return String(findings);
}
