import { Findings, type Text } from "./findings.js";
import type { Sample } from "./samples.js";

const WIDEST = 100;
/** The recipe stands in one line, so that a program can read it. */
const RECIPE_LINE = /^(\/\/|#) api-snippets: /;

export function lines({ text }: Sample): number {
  return text.split("\n").length - 1;
}

/** The sample that most users will see first. */
export function common(samples: readonly Sample[]): Sample {
  return find(samples, "bearer cursor exponential none");
}

export function largest(samples: readonly Sample[]): Sample {
  return samples.reduce((most, sample) => (lines(sample) > lines(most) ? sample : most));
}

/** Options that keep what they know: tokens in a file, the server's health, a bucket in Redis. */
const KEEPING = /oauth2-(refresh-token|authorization-code)|circuit-breaker|redis/;

/** All but those that combine what is kept, and so take the lines for each. */
export function plain(samples: readonly Sample[]): readonly Sample[] {
  return samples.filter(({ name }) => !KEEPING.test(name));
}

export function wideLines(samples: readonly Text[]): string {
  const findings = new Findings();
  for (const { name, text } of samples) {
    for (const line of text.split("\n")) {
      if (line.length > WIDEST && !RECIPE_LINE.test(line)) findings.add(line, name);
    }
  }
  return String(findings);
}

function find(samples: readonly Sample[], name: string): Sample {
  const sample = samples.find((candidate) => candidate.name === name);
  if (!sample) throw new Error(`There is no sample ${name}.`);
  return sample;
}
