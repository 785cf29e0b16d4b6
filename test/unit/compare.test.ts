/** The comparison with what people would use instead, where not all of it can be had. */
import { AssertionError } from "node:assert";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { ensurePeers } from "../../scripts/setup/peers.mjs";
import { CASES } from "../../bench/compare/cases/index.js";
import { CLIENTS, PEERS } from "../../bench/compare/clients.js";
import { whyAbsent } from "../../bench/compare/compare.js";
import { report } from "../../bench/compare/report.js";
import { type Found, told, whyNot } from "../../bench/compare/run.js";

const about = { date: "2026-01-02", versions: { "Node.js": "20" }, sources: [] };
const [one] = CASES;
if (!one) throw new Error("There is no case");

function found(state: (name: string) => Omit<Found, "case" | "client">): readonly Found[] {
  return CLIENTS.map((client) => ({ case: one as Found["case"], client, ...state(client.name) }));
}

/** A line of a table, by its first cell that says something. */
function cells(text: string, first: string): readonly string[] {
  const lines = text.split("\n").map((line) => line.split("|").map((cell) => cell.trim()));
  return lines.find((line) => line[1] === first || line[2] === first)?.slice(1, -1) ?? [];
}

describe("the report", () => {
  it("says in its column that a peer wasn't run, and why, and tells of the others", () => {
    const text = report(
      found((name) =>
        name === "ky"
          ? { state: "not run", text: "ky can't be installed: no such version" }
          : { state: "passed" },
      ),
      about,
    );
    const row = cells(text, one.title);
    const heads = cells(text, "Behaviour");
    expect(row[heads.indexOf("ky")]).toBe("not run");
    expect(row[heads.indexOf("got")]).toBe("✓");
    expect(cells(text, "ky")).toEqual(["ky", "JavaScript", "not run", "not run", "not run"]);
    expect(text).toContain("- ky was not run: ky can't be installed: no such version");
  });

  it("tells first where a generated client fails", () => {
    const text = report(
      found((name) =>
        name === "python" || name === "got"
          ? { state: "failed", text: `seen of ${name}` }
          : { state: "passed" },
      ),
      about,
    );
    const first = text.slice(text.indexOf("## Where a generated"), text.indexOf("## In all"));
    expect(first).toContain("generated (Python): seen of python");
    expect(first).not.toContain("seen of got");
    expect(text).toContain("got: seen of got");
    expect(
      report(
        found(() => ({ state: "passed" })),
        about,
      ),
    ).toContain("Nowhere in this run.");
  });

  it("shows text of others as it is", () => {
    const text = report(
      found(() => ({ state: "failed", text: "<b> *a* `b` | c" })),
      about,
    );
    expect(text).toContain("\\<b\\> \\*a\\* \\`b\\` \\| c");
  });
});

describe("what is asked", () => {
  it("is the same of all, but for what they have no notion of", () => {
    for (const client of CLIENTS) {
      const asked = CASES.filter((each) => whyNot({ case: each, client }) === undefined);
      expect(asked.length, client.name).toBeGreaterThan(40);
    }
  });

  it("names only peers that there are", () => {
    const names = PEERS.map(({ name }) => name);
    for (const { not = {} } of CASES)
      expect(names).toEqual(expect.arrayContaining(Object.keys(not)));
  });
});

describe("what was seen", () => {
  it("is one line that is the same in each run", () => {
    const failure = new AssertionError({
      message: "the number of requests",
      actual: 2,
      expected: 1,
    });
    expect(told(new Error("summary", { cause: failure }), {})).toBe(
      "the number of requests: 2 instead of 1",
    );
    const refused = new Error("connect to http://127.0.0.1:4711/s-1/v1\nmore");
    expect(told(refused, {})).toBe("connect to http://…/v1");
    const killed = new Error("The process didn't end in time");
    expect(told(killed, { limitMs: 9000 })).toBe("it hasn't ended after 9 s");
  });
});

describe("a package that can't be installed", () => {
  it("is missing with the reason, and the others are there", { timeout: 120_000 }, async () => {
    const folder = await mkdtemp(join(tmpdir(), "peers-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    await mkdir(join(folder, "there"));
    const there = { name: "there", version: "1.0.0" };
    await writeFile(join(folder, "there", "package.json"), JSON.stringify(there));
    const dependencies = {
      there: `file:${join(folder, "there")}`,
      axios: `file:${join(folder, "gone.tgz")}`,
    };
    const manifest = join(folder, "package.json");
    await writeFile(manifest, JSON.stringify({ private: true, dependencies }));

    const installed = await ensurePeers(manifest);
    onTestFinished(() => rm(installed.folder, { recursive: true }));
    expect(Object.keys(installed.versions)).toEqual(["there"]);
    expect(installed.missing["axios"]).toMatch(/gone\.tgz/);
    const setting = { packages: "", python: "", missing: installed.missing };
    const absent = CLIENTS.filter((client) => whyAbsent(client, setting) !== undefined);
    expect(absent.map(({ name }) => name)).toEqual(["axios"]);
  });
});
