import js from "@eslint/js";
import { Linter } from "eslint";
import globals from "globals";
import { Findings, type Text } from "./findings.js";

const CONFIG: Linter.Config[] = [
  js.configs.recommended,
  {
    languageOptions: { sourceType: "module", globals: globals.nodeBuiltin },
    linterOptions: { noInlineConfig: true },
    rules: { eqeqeq: "error", "no-var": "error", "prefer-const": "error", "no-shadow": "error" },
  },
];

export function lintFindings(samples: readonly Text[]): string {
  const findings = new Findings();
  const linter = new Linter();
  for (const { name, text } of samples) {
    for (const { ruleId, message, line } of linter.verify(text, CONFIG)) {
      findings.add(`${ruleId ?? ""} ${message}: ${text.split("\n")[line - 1] ?? ""}`, name);
    }
  }
  return String(findings);
}
