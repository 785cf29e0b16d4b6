/** The extra `schema`: each record checked, in clients that run. */
import { afterAll, describe, expect, test } from "vitest";
import { type Asked, LANGUAGES, see, startHarness } from "./extras.js";

const harness = await startHarness();
afterAll(() => harness.stop());

/** A value that must not be told. */
const SECRET = "canary@example.com";
const good = (number: number) => ({ id: `item-${number}`, name: "x", extra: { kept: [number] } });
const bad = { id: 17, name: { is: SECRET }, updated_at: "2024-01-01T00:00:00Z" };

describe.concurrent.each(LANGUAGES)("schema in %s", (language) => {
  const walk = (records: readonly unknown[], set: Asked["set"] = {}) =>
    see(harness, { language, extras: ["schema"], set, session: { records: [...records] } });

  test("passes records on as they came", async () => {
    const times = ["2024-01-01", null].map((at) => ({ ...good(2), updated_at: at }));
    const records = [good(1), ...times];
    const told = await walk(records);
    expect(told).toMatchObject({ exitCode: 0, lines: records, logs: [] });
    expect(told.text).toMatch(/Needs .* package.*(zod|pydantic and requests),/);
  });

  test("stops at the first that is wrong, names its fields and no value", async () => {
    const told = await walk([good(1), bad, ...Array.from({ length: 200 }, (_, n) => good(n))]);
    expect(told).toMatchObject({ exitCode: 65, lines: [good(1)] });
    expect(told.logs).toHaveLength(1);
    expect(told.logs[0]?.["message"]).toMatch(
      /^record 2 is not as expected: id: [\w.]+; name: [\w.]+$/,
    );
    expect(told.stderr).not.toContain(SECRET);
    expect(told.session.requests, "pages after that").toHaveLength(1);
  });

  test.each([[null], [SECRET], [7], [[SECRET]]])("stops at %j", async (record) => {
    const told = await walk([good(1), record]);
    expect(told).toMatchObject({ exitCode: 65, lines: [good(1)] });
    expect(told.logs[0]?.["message"]).toMatch(/^record 2 is not as expected: record: /);
    expect(told.stderr).not.toContain(SECRET);
  });

  test("leaves out those that are wrong, logs a few and counts them all", async () => {
    const records = Array.from({ length: 250 }, (_, n) => (n % 2 === 0 ? bad : good(n)));
    const told = await walk(records, { onInvalid: "skip", maxWarnings: 3 });
    expect(told).toMatchObject({ exitCode: 0, lines: records.filter((one) => one !== bad) });
    expect(told.logs).toMatchObject([
      ...[1, 3, 5].map((record) => ({ level: "warn", record })),
      { level: "warn", message: "records were left out", rejected: 125, of: 250 },
    ]);
    expect(told.logs[0]?.["wrong"]).toMatchObject([
      expect.stringMatching(/^id: [\w.]+$/),
      expect.stringMatching(/^name: [\w.]+$/),
    ]);
    expect(told.stderr).not.toContain(SECRET);
  });

  test("counts those left out, too, when something else ends the walk", async () => {
    const session = { records: [bad, ...Array.from({ length: 150 }, (_, n) => good(n))] };
    const steps = ["ok" as const, { status: 404 }];
    const set = { onInvalid: "skip" };
    const told = await see(harness, {
      language,
      extras: ["schema"],
      set,
      session: { ...session, steps },
    });
    expect(told).toMatchObject({ exitCode: 1, lines: session.records.slice(1, 100) });
    expect(told.logs).toMatchObject([
      { record: 1 },
      { message: "records were left out", rejected: 1, of: 100 },
      { level: "error" },
    ]);
  });

  test("refuses a schema that no record fits", async () => {
    const told = await walk(Array<unknown>(150).fill(bad), { onInvalid: "skip" });
    expect(told).toMatchObject({ exitCode: 65, lines: [] });
    expect(told.logs).toHaveLength(12);
    expect(told.logs.at(-1)).toMatchObject({
      level: "error",
      message: "none of the 150 records fits ItemSchema",
    });
  });

  test("takes no records for none that are wrong", async () => {
    expect(await walk([], { onInvalid: "skip" })).toMatchObject({ exitCode: 0, logs: [] });
  });

  test.each([
    ["leaves the checkpoint where it was until a record is good", 0, false],
    ["moves the checkpoint past what is left out", 1, true],
  ])("in a sync job %s", async (_title, goods, moves) => {
    const at = { updated_at: "2024-01-01T00:00:00Z" };
    const fit = Array.from({ length: goods }, (_, n) => ({ ...good(n), ...at }));
    const told = await see(harness, {
      language,
      extras: ["schema"],
      options: { "use-case": "sync-job" },
      set: { onInvalid: "skip" },
      session: {
        records: [...fit, ...Array<unknown>(150).fill(bad)],
        steps: ["ok", { status: 404 }],
      },
    });
    expect(told.exitCode).toBe(1);
    const { text = "" } = told.files["items.jsonl.checkpoint"] ?? {};
    expect(text).toContain('"bytes"');
    expect(/position/.test(text)).toBe(moves);
  });

  test("passes all on with a warning", async () => {
    const records = [good(1), bad, bad];
    const told = await walk(records, { onInvalid: "warn", maxWarnings: 1 });
    expect(told).toMatchObject({ exitCode: 0, lines: records });
    expect(told.logs).toMatchObject([
      { level: "warn", record: 2 },
      { level: "warn", message: "records were not as expected", rejected: 2, of: 3 },
    ]);
  });
});

test("schema in Python runs with version 1 of pydantic, too", async () => {
  const first = "BaseModel, StrictStr, ValidationError";
  const told = await see(harness, {
    language: "python",
    extras: ["schema"],
    set: { onInvalid: "skip" },
    session: { records: [good(1), bad, null, {}] },
    // Version 2 brings it along; where there is none, version 1 itself is installed.
    edits: () => [
      [
        `from pydantic import ${first}\n`,
        `try:\n    from pydantic.v1 import ${first}\nexcept ImportError:\n    from pydantic import ${first}\n`,
      ],
    ],
  });
  expect(told.text).toContain("pydantic.v1");
  expect(told).toMatchObject({ exitCode: 0, lines: [good(1)] });
  expect(told.logs.slice(0, -1)).toMatchObject([
    { wrong: ["id: type_error.str", "name: type_error.str"] },
    { wrong: ["record: no object"] },
    { wrong: ["id: value_error.missing", "name: value_error.missing"] },
  ]);
});
