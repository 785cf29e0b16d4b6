/** Snippets that write files, logs and exit codes. */
import { once } from "node:events";
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SnippetRunner } from "./support/run-snippet.js";
import { type SnippetLanguage, snippetText } from "./support/snippets.js";

const LANGUAGES: readonly SnippetLanguage[] = ["javascript", "python"];
const POSIX = process.platform !== "win32";

/** What stands in for the records that `api-main` prints. */
const WORK = {
  javascript: {
    place: "yield { id: 1 };",
    endless:
      "while (!signal.aborted) yield await new Promise((go) => setTimeout(go, 2, { id: 1 }));",
    fail: (kind: string) => `yield { id: 1 }; throw new ApiError("${kind}", "over");`,
    crash: "yield { id: 1 }; throw new TypeError('bug');",
  },
  python: {
    place: 'yield {"id": 1}',
    endless: 'while not time.sleep(0.002):\n        yield {"id": 1}',
    fail: (kind: string) => `yield {"id": 1}\n    raise ApiError("${kind}", "over")`,
    crash: 'yield {"id": 1}\n    raise TypeError("bug")',
  },
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "api-snippets-programs-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe.each(LANGUAGES)("in %s,", (language) => {
  const runner = new SnippetRunner(language);
  const use = runner.use.bind(runner);
  afterAll(() => {
    runner.close();
  });

  describe("api-checkpoint", () => {
    const prefix = "api-checkpoint";
    const place = (name: string) => join(folder, `${language}-${name}.json`);
    const checkpoint = (file: string, states: readonly unknown[], job = "job-1", settings = {}) =>
      use({ prefix, driver: "checkpoint", input: { file, job, states }, settings });

    test("is nothing at first, then what was saved last", async () => {
      const file = place("last");
      expect(await checkpoint(file, [])).toEqual({ result: null });
      const states = [{ cursor: "a" }, { cursor: "ü\n💾", done: [1, 2] }];
      expect(await checkpoint(file, states)).toEqual({ result: states[1] });
      expect(await checkpoint(file, [])).toEqual({ result: states[1] });
    });

    test.runIf(POSIX)("is for its owner only", async () => {
      const file = place("mode");
      await checkpoint(file, [1]);
      expect(statSync(file).mode & 0o777).toBe(0o600);
    });

    test("refuses that of another job or version, and what was edited or cut", async () => {
      const file = place("other");
      await checkpoint(file, [{ page: 10 }]);
      expect((await checkpoint(file, [], "job-2")).error).toContain("of the job");
      const newer = await checkpoint(file, [], "job-1", { CHECKPOINT_VERSION: 2 });
      expect(newer.error).toContain("is of version 1");
      const saved = readFileSync(file, "utf8");
      for (const damaged of [saved.replace("10", "20"), saved.slice(0, 30), "", "{}"]) {
        writeFileSync(file, damaged);
        expect((await checkpoint(file, [])).error).toMatch(/is damaged$/);
      }
    });

    test("leaves nothing behind where it can't be written", async () => {
      const before = readdirSync(folder);
      expect(await checkpoint(folder, [1])).toHaveProperty("error");
      expect(readdirSync(folder)).toEqual(before);
      expect(await checkpoint(join(folder, "missing", "x"), [1])).toHaveProperty("error");
    });

    test("is whole at any moment, even that of a kill", async () => {
      const file = place("killed");
      for (const ms of [50, 61, 72, 83]) {
        const driver = "endless-checkpoint";
        const child = await runner.start(runner.runScript);
        child.stdin.end(runner.task({ prefix, driver, input: { file, job: "job-1" } }));
        await once(child.stdout, "data");
        for (const endsAt = Date.now() + ms; Date.now() < endsAt;) {
          expect(readFileSync(file, "utf8")).toMatch(/\n[0-9a-f]{64}\n$/);
        }
        child.kill("SIGKILL");
        const said = (await text(child.stdout)).length;
        const { result } = await checkpoint(file, []);
        expect((result as { count: number }).count).toBeGreaterThanOrEqual(said + 1);
      }
    });
  });

  describe("api-log-error", () => {
    const secret = 'canary"+/ü';
    const FORMS = [secret, encodeURIComponent(secret), Buffer.from(secret).toString("base64")];
    const logged = async (fields: object, secrets: readonly string[]) => {
      const input = { secret, fields, secrets };
      const task = runner.task({ prefix: "api-log-error", driver: "log-error", input });
      const { stderr: line } = await runner.run(runner.runScript, task);
      expect(line).toMatch(/^\{.*\}\n$/);
      return { line, entry: JSON.parse(line) as Record<string, unknown> };
    };

    test("is one line of JSON with the causes", async () => {
      const { entry } = await logged({ attempt: 2 }, []);
      expect(entry).toMatchObject({
        level: "error",
        message: `outer ${secret}\n{"level":"info"}`,
        attempt: 2,
        error: {
          message: `outer ${secret}\n{"level":"info"}`,
          cause: { name: "TypeError", message: `inner ${secret}` },
        },
      });
      expect(Date.parse(String(entry["time"]))).toBeGreaterThan(Date.now() - 60_000);
    });

    test("holds no secret, in whatever form or field", async () => {
      const url = `https://example.com/?key=${encodeURIComponent(secret)}`;
      const fields = {
        url,
        basic: FORMS[2],
        tries: [secret],
        request: { headers: { Authorization: "Bearer other", "X-Api-Key": "other", accept: "*" } },
      };
      const { line, entry } = await logged(fields, [secret, ""]);
      for (const form of FORMS) expect(line).not.toContain(form);
      expect(line).not.toContain(JSON.stringify(secret).slice(1, -1));
      expect(entry).toMatchObject({
        url: "https://example.com/?key=[redacted]",
        basic: "[redacted]",
        tries: ["[redacted]"],
        request: {
          headers: { Authorization: "[redacted]", "X-Api-Key": "[redacted]", accept: "*" },
        },
      });
    });
  });

  describe("api-main", () => {
    const work = WORK[language];
    const script = (code: string) => {
      const snippet = snippetText(language, "api-main");
      expect(snippet).toContain(work.place);
      return runner.write(snippet.replace(work.place, () => code));
    };
    const ended = (code: string) => runner.run(script(code));
    const startEndless = async () => {
      const child = await runner.start(script(work.endless));
      const stderr = text(child.stderr);
      await once(child.stdout, "data");
      return { child, stderr };
    };
    const RECORD = language === "python" ? '{"id": 1}\n' : '{"id":1}\n';

    test("exits with 0 where all went well", async () => {
      expect(await ended(work.place)).toEqual({ stdout: RECORD, exitCode: 0, stderr: "" });
    });

    test.each([
      ["failed", 1],
      ["protocol", 65],
      ["unavailable", 69],
      ["later", 75],
      ["denied", 77],
      ["config", 78],
    ])("for an ApiError of kind %s exits with %d, after what was done", async (kind, code) => {
      const { stdout, exitCode, stderr } = await ended(work.fail(kind));
      expect([stdout, exitCode]).toEqual([RECORD, code]);
      expect(JSON.parse(stderr)).toMatchObject({ level: "error", message: "over" });
    });

    test("exits with 1 where there is a bug, and tells which", async () => {
      const { exitCode, stderr } = await ended(work.crash);
      expect(exitCode).toBe(1);
      expect((JSON.parse(stderr) as { message: string }).message).toMatch(/TypeError/);
    });

    test.runIf(POSIX).each([
      ["SIGINT", 130],
      ["SIGTERM", 143],
    ] as const)("on %s exits with %d and says nothing", async (signal, code) => {
      const { child, stderr } = await startEndless();
      child.kill(signal);
      child.stdout.resume();
      expect(await once(child, "close")).toEqual([code, null]);
      expect(await stderr).toBe("");
    });

    test.runIf(POSIX)("where nobody reads on, stops and says nothing", async () => {
      const { child, stderr } = await startEndless();
      child.stdout.destroy();
      expect(await once(child, "close")).toEqual([74, null]);
      expect(await stderr).toBe("");
    });
  });
});
