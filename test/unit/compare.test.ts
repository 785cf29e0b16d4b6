/** The comparison with what people would use instead, where not all of it can be had. */
import { AssertionError } from "node:assert";
import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { Harness } from "../conformance/harness.js";
import { CASES } from "../../bench/compare/cases/index.js";
import { CLIENTS, PEERS } from "../../bench/compare/clients.js";
import { askedBy } from "../../bench/compare/compare.js";
import { report } from "../../bench/compare/report.js";
import { type Found, runAll, told, whyNot } from "../../bench/compare/run.js";

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

describe("the document", () => {
  it("shows how the others are set up now", async () => {
    const root = fileURLToPath(new URL("../..", import.meta.url));
    const text = await readFile(join(root, "docs/comparison.md"), "utf8");
    const peers = join(root, "bench/peers");
    const files = PEERS.map(({ language, name }) =>
      join(peers, language, `${name}.${language === "python" ? "py" : "mjs"}`),
    );
    const settings = ["javascript/settings.mjs", "python/settings.py"];
    for (const file of [...files, ...settings.map((name) => join(peers, name))]) {
      expect(text, file).toContain(await readFile(file, "utf8"));
    }
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

describe("the command line", () => {
  it("asks for all, or a part", () => {
    const all = CASES.length * CLIENTS.length;
    expect(askedBy([])).toMatchObject({ tasks: { length: all } });
    expect(askedBy(["--client", "got", "--at-once", "2"])).toMatchObject({
      tasks: { length: CASES.length },
      atOnce: 2,
    });
  });

  it.each([
    [["--at-once", "0"], "--at-once is a whole number from 1 on."],
    [["--at-once", "x"], "--at-once is a whole number from 1 on."],
    [["--client", "gott"], /^There is no client gott\. Clients: javascript, got, .*\.$/],
    [["--behaviour", "99"], /^There is no behaviour 99\. Behaviours: 1, 2, .*\.$/],
    [["--clients", "got"], /^.*'--clients'.* Options: --client, --behaviour, --at-once\.$/],
  ])("says in a line what is wrong with %j", (args, line) => {
    expect(askedBy(args)).toEqual(expect.stringMatching(line));
  });
});

describe("running them", { timeout: 60_000 }, () => {
  const drivers = fileURLToPath(new URL("../conformance/drivers", import.meta.url));
  const [client] = CLIENTS;

  /** The same case so often, judged by this. */
  async function running(count: number, judge: () => void, stopping = new AbortController()) {
    const quiet = CASES.find((each) => !each.before && !each.interference);
    if (!quiet || !client) throw new Error("There is no case");
    const tasks = Array.from({ length: count }, () => ({ case: { ...quiet, judge }, client }));
    // No client in Python is started.
    const harness = await Harness.start(drivers, { python: "python3" });
    const setting = {
      peers: { javascript: "", python: "" },
      adapters: { javascript: "", python: "" },
      signal: stopping.signal,
      atOnce: 1,
    };
    try {
      return (await runAll(tasks, harness, setting)).map(({ state, text }) => ({ state, text }));
    } finally {
      await harness.stop();
    }
  }

  it("runs once more what fails, and that counts", async () => {
    let judged = 0;
    const once = () => {
      judged += 1;
      if (judged === 1) throw new Error("busy");
    };
    expect(await running(2, once)).toEqual([{ state: "passed" }, { state: "passed" }]);
    expect(judged).toBe(3);
    const never = () => {
      throw new Error("wrong");
    };
    expect(await running(1, never)).toEqual([{ state: "failed", text: "wrong" }]);
  });

  it("starts none after Ctrl-C, and judges none a second time", async () => {
    const stopping = new AbortController();
    let judged = 0;
    const interrupted = () => {
      judged += 1;
      stopping.abort();
      throw new Error("killed");
    };
    expect(await running(3, interrupted, stopping)).toEqual([]);
    expect(judged).toBe(1);
  });
});

describe("npm run compare", { timeout: 60_000 }, () => {
  const root = fileURLToPath(new URL("../..", import.meta.url));

  /** Ended by Ctrl-C when it says that. */
  async function compare(args: readonly string[], until?: string) {
    const child = spawn(process.execPath, ["scripts/compare.mjs", ...args], { cwd: root });
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (chunk: Buffer) => {
      stdout += chunk.toString();
      // A second one would kill it.
      if (until && stdout.includes(until) && !child.killed) child.kill("SIGINT");
    });
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    const code = await new Promise((resolve) => child.once("close", resolve));
    return { code, stdout, stderr };
  }

  it("checks what it is told before it installs anything", async () => {
    const { code, stdout, stderr } = await compare(["--at-once", "x"]);
    expect({ code, stdout, stderr }).toEqual({
      code: 64,
      stdout: "",
      stderr: "--at-once is a whole number from 1 on.\n",
    });
  });

  it("leaves the document as it was after Ctrl-C", async () => {
    const before = await readFile(`${root}/docs/comparison.md`, "utf8");
    const { code, stderr } = await compare([], "Installing");
    expect({ code, stderr }).toEqual({ code: 130, stderr: "" });
    expect(await readFile(`${root}/docs/comparison.md`, "utf8")).toBe(before);
  });
});
