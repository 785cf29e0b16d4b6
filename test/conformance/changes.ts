/** Changes to a client's text: what a user edits in it, and what breaks it on purpose. */
import { renderer } from "../catalog/support/samples.js";
import { recipeWith } from "./recipes.js";
import type { Break, Choices, Fields, Scenario } from "./scenario.js";

/** Limits that let a scenario pass quickly where it doesn't speak of them. */
export const QUICK: Fields = {
  baseDelayMs: 20,
  maxDelayMs: 100,
  requestsPerSecond: 1000,
  burst: 50,
  breakerThreshold: 1000,
};

/** Whether each of the changes finds its place. */
export function fits(choices: Choices, scenario: Scenario, change: Break): boolean {
  const values = typeof scenario.set === "function" ? {} : (scenario.set ?? {});
  const { text } = renderer.file(recipeWith(choices, { ...QUICK, ...values }));
  return change.every(([find]) => text.search(find instanceof RegExp ? find : literal(find)) >= 0);
}

export function changed(text: string, change: Break): string {
  return change.reduce((so, [find, replacement]) => {
    // In the place of a pattern `$1` means its first group; in that of a text it means itself.
    return typeof find === "string"
      ? so.replace(find, () => replacement)
      : so.replace(find, replacement);
  }, text);
}

function literal(text: string): RegExp {
  return new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
}
