import { format } from "prettier";
import { Findings, type Text, firstDifference } from "./findings.js";

export async function formatFindings(samples: readonly Text[]): Promise<string> {
  const findings = new Findings();
  for (const { name, text } of samples) {
    const formatted = await format(text, { parser: "babel", printWidth: 100 });
    const difference = firstDifference(text, formatted);
    if (difference) findings.add(difference, name);
  }
  return String(findings);
}
