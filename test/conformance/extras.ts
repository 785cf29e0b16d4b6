/** Runs clients with extras where no row of the conformance table speaks of them. */
import { fileURLToPath } from "node:url";
import { Harness } from "./harness.js";
import type { Choices, Scenario, Seen } from "./scenario.js";

export const LANGUAGES = ["javascript", "python"] as const;

export interface Asked extends Partial<Scenario> {
  readonly language: Choices["language"];
  readonly extras: readonly string[];
  readonly options?: Partial<Choices>;
}

const PLAIN = { auth: "bearer", pagination: "cursor", retry: "exponential", "rate-limit": "none" };

export function startHarness(): Promise<Harness> {
  return Harness.start(fileURLToPath(new URL("drivers", import.meta.url)));
}

/** What is seen of a run, and the client's text. */
export async function see(
  harness: Harness,
  { language, extras, options, ...asked }: Asked,
): Promise<Seen & { readonly text: string }> {
  let seen: Seen | undefined;
  const scenario: Scenario = {
    behaviour: 0,
    title: "",
    axes: [],
    breaks: {},
    ...asked,
    judge: (all) => (seen = all),
  };
  const prepared = harness.prepare(scenario, { ...PLAIN, ...options, language, extra: extras });
  await harness.run(prepared);
  if (!seen) throw new Error("It was never judged");
  return { ...seen, text: prepared.text };
}
