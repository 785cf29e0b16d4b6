/** What `npm run verify` keeps and counts. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { countAll } from "../conformance/counts.js";
import { report } from "../conformance/report.js";
import type { Choices } from "../conformance/scenario.js";
import { SCENARIOS } from "../conformance/scenarios/index.js";
import { Store, hashOf } from "../conformance/store.js";
import { type Result, askedBy } from "../conformance/verify.js";

const [scenario] = SCENARIOS;
if (!scenario) throw new Error("There is no scenario.");
const CHOICES: Choices = {
  language: "python",
  auth: "none",
  pagination: "cursor",
  retry: "none",
  "rate-limit": "none",
};
const of = (auth: string, failure?: string): Result => {
  const result = { scenario, choices: { ...CHOICES, auth } };
  return failure === undefined ? result : { ...result, failure };
};
const ABOUT = {
  date: "2000-01-01",
  clients: "abc",
  versions: { Python: "3" },
  isExhaustive: false,
};

describe("Store", () => {
  it("knows in the next run what passed in this one", () => {
    const folder = mkdtempSync(join(tmpdir(), "store-"));
    const [key, other] = [hashOf("a"), hashOf("b")];
    new Store(folder).add(key);
    const next = new Store(folder);
    expect([next.has(key), next.has(other)]).toEqual([true, false]);
    rmSync(folder, { recursive: true });
  });

  it("tells texts apart by where they end", () => {
    expect(hashOf("ab", "c")).not.toBe(hashOf("a", "bc"));
  });
});

describe("a run of all", () => {
  const results = [of("bearer"), of("basic", "no")];
  const counts = countAll(results, ABOUT);

  it("is counted by option; a behaviour counts where no run failed it", () => {
    expect(counts.options["auth/bearer"]?.python).toEqual({
      clients: 1,
      runs: 1,
      failed: 0,
      behaviours: 1,
    });
    expect(counts.options["auth/basic"]?.python).toMatchObject({ failed: 1, behaviours: 0 });
    expect(counts.total).toEqual({ clients: 2, runs: 2, failed: 1, behaviours: 0 });
  });

  it("is reported by section, with options in the wizard's order, whatever ended first", () => {
    const text = report(counts, [...results].reverse());
    const titles = ["### Validation, resources, cancellation", "| Bearer token", "| Basic auth"];
    const places = titles.map((title) => text.indexOf(title));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((one, two) => one - two));
  });

  it("is reported with what failed", () => {
    const text = report(counts, results);
    expect(text).toContain("**2 runs, 1 passed, 1 failed**");
    expect(text).toContain(`- ${scenario.behaviour}: ${scenario.title} (python basic cursor`);
    expect(text).toContain("**1 of 2** (2 clients)");
  });
});

describe("the command line", () => {
  it("asks for all, or a part", () => {
    expect(askedBy([])).toMatchObject({ action: "run", shard: { index: 1, count: 1 } });
    expect(askedBy(["--behaviour", "85", "--shard", "2/3", "--at-once", "2"])).toMatchObject({
      behaviour: "85",
      shard: { index: 2, count: 3 },
      atOnce: 2,
    });
    expect(askedBy(["--check"])).toMatchObject({ action: "check" });
  });

  it.each([
    [["--help"], /^.*'--help'\. Options: --language, --behaviour, .*\.$/],
    [["--language", "ruby"], "There is no language ruby. Languages: javascript, python."],
    [["--behaviour", "86"], "There is no behaviour 86. Behaviours: 1 to 85."],
    [["--shard", "3/2"], "--shard is like 2/3, not 3/2."],
    [["--shard", "0/2"], "--shard is like 2/3, not 0/2."],
    [["--shard", "half"], "--shard is like 2/3, not half."],
    [["--at-once", "0"], "--at-once is a whole number from 1 on."],
  ])("says in a line what is wrong with %j", (args, line) => {
    expect(askedBy(args)).toEqual(expect.stringMatching(line));
  });
});
