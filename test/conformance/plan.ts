/** What `npm run verify` runs: which clients in which scenarios. */
import { Picker, nameOf, pairsOf } from "./recipes.js";
import type { Choices, Scenario } from "./scenario.js";
import { SCENARIOS } from "./scenarios/index.js";

export interface Task {
  readonly scenario: Scenario;
  readonly choices: Choices;
}

/**
 * Every client in the scenarios that ask for that; in each of the others as many clients as it
 * takes for every two answers to occur together, where they can.
 * @param isExhaustive every client in every scenario: days, in the place of an hour
 */
export function plan(isExhaustive: boolean, scenarios = SCENARIOS): readonly Task[] {
  const picker = new Picker();
  const uses = new Map<Choices, number>();
  return scenarios.flatMap((scenario) => {
    const candidates = picker.every(scenario);
    const chosen =
      isExhaustive || scenario.withEveryClient ? candidates : covering(candidates, uses);
    for (const choices of chosen) uses.set(choices, (uses.get(choices) ?? 0) + 1);
    return chosen.map((choices) => ({ scenario, choices }));
  });
}

/** Few of them that have all pairs of answers together; of equals those that were used least. */
function covering(
  candidates: readonly Choices[],
  uses: ReadonlyMap<Choices, number>,
): readonly Choices[] {
  const ranked = [...candidates]
    .sort((one, two) => (uses.get(one) ?? 0) - (uses.get(two) ?? 0))
    .map((choices) => ({ choices, brings: pairsOf(choices) }));
  const left = new Set(ranked.flatMap(({ brings }) => brings));
  const chosen: Choices[] = [];
  // What a client brings only shrinks: after a pass none brings that much any more.
  const most = ranked.reduce((so, { brings }) => Math.max(so, brings.length), 0);
  for (let wanted = most; wanted > 0; wanted -= 1) {
    for (const client of ranked) {
      if (client.brings.length < wanted) continue;
      client.brings = client.brings.filter((pair) => left.has(pair));
      if (client.brings.length < wanted) continue;
      chosen.push(client.choices);
      for (const pair of client.brings) left.delete(pair);
    }
  }
  return chosen;
}

export function titleOf({ scenario, choices }: Task): string {
  return `${scenario.behaviour}: ${scenario.title} (${nameOf(choices)})`;
}
