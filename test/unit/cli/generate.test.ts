import { beforeEach, describe, expect, test } from "vitest";
import { catalog } from "virtual:catalog";
import { questionGroups } from "../../../src/catalog/catalog.js";
import { World, systemError } from "./world.js";

let world: World;
beforeEach(() => {
  world = new World();
});

function recipeLine(text: string): Record<string, unknown> {
  const line = /^(?:\/\/|#) api-snippets: (.*)$/m.exec(text)?.[1] ?? "";
  return JSON.parse(line) as Record<string, unknown>;
}

describe("api-snippets generate", () => {
  test("prints the client with the defaults of every group", async () => {
    expect(await world.run("generate")).toBe(0);
    const told = questionGroups(catalog).filter(({ question }) => !question?.implied);
    const defaults = told.map(({ name, question }) => [name, question?.default]);
    expect(recipeLine(world.out)).toEqual({
      language: catalog.language.question.default,
      ...Object.fromEntries(defaults),
    });
    expect(world.err).toBe("");
  });

  test("has a flag for every group, in the help too", async () => {
    const told = questionGroups(catalog).filter(({ question }) => !question?.implied);
    const names = told.map(({ name, blocks }) => [name, blocks.at(-1)?.name]);
    const flags = names.map(([name, option]) => `--${name}=${option}`);
    expect(await world.run("generate", ...flags)).toBe(0);
    expect(recipeLine(world.out)).toMatchObject(Object.fromEntries(names));
    await world.run("generate", "--help");
    for (const [name] of names) expect(world.out).toContain(`--${name} <name>`);
  });

  test("sets fields, also to texts with an equals sign and to nothing", async () => {
    await world.run("generate", "--set", "path=/a?b=c", "--set", "itemsField=");
    expect(recipeLine(world.out)["set"]).toEqual({ path: "/a?b=c", itemsField: "" });
  });

  test("writes a file", async () => {
    expect(await world.run("generate", "--out", "client.mjs")).toBe(0);
    expect(world.files.get("client.mjs")).toContain("api-snippets:");
    expect(world.out).toBe("");
  });

  test("leaves a file alone that is there already", async () => {
    world.files.set("client.mjs", "mine");
    expect(await world.run("generate", "--out", "client.mjs")).toBe(73);
    expect(world.files.get("client.mjs")).toBe("mine");
    expect(world.err).toBe("error: client.mjs is there already; --force replaces it.\n");
  });

  test("replaces it with --force", async () => {
    world.files.set("client.mjs", "mine");
    expect(await world.run("generate", "--out", "client.mjs", "--force")).toBe(0);
    expect(world.files.get("client.mjs")).toContain("api-snippets:");
  });

  test("exits 74 where a file can't be written", async () => {
    world.fileFailure = systemError("ENOENT");
    expect(await world.run("generate", "--out", "no/client.mjs")).toBe(74);
    expect(world.err).toBe("error: no/client.mjs can't be written: ENOENT: it failed\n");
  });

  test("writes the files beside the client, named after it", async () => {
    const args = ["generate", "--extra", "env-example", "--out", "in/mine.mjs"];
    expect(await world.run(...args)).toBe(0);
    expect([...world.files.keys()]).toEqual(["in/mine.mjs", "in/.env.example"]);
    expect(world.files.get("in/.env.example")).toContain("mine.mjs");
    expect(recipeLine(world.files.get("in/mine.mjs") ?? "")["extras"]).toEqual(["env-example"]);
  });

  test("writes none of several files where one is there already", async () => {
    world.files.set(".env.example", "mine");
    const args = ["generate", "--extra", "env-example", "--out", "client.mjs"];
    expect(await world.run(...args)).toBe(73);
    expect([...world.files]).toEqual([[".env.example", "mine"]]);
    expect(world.err).toBe("error: .env.example is there already; --force replaces it.\n");
  });

  test("needs --out for several files", async () => {
    expect(await world.run("generate", "--extra", "env-example")).toBe(64);
    expect(world.err).toBe(
      "error: --out is needed: this recipe has 2 files: client.mjs, .env.example.\n",
    );
    expect(world.out).toBe("");
  });

  test("says how to do without a use case's own files", async () => {
    expect(await world.run("generate", "--use-case", "service")).toBe(64);
    expect(world.err).toBe(
      "error: --out is needed: this recipe has 2 files: client.mjs, client.test.mjs. " +
        "--no-extras leaves but the client.\n",
    );
    expect(await world.run("generate", "--use-case", "service", "--no-extras")).toBe(0);
    expect(recipeLine(world.out)["extras"]).toEqual([]);
  });

  test("refuses to write a client and a file beside it to one path", async () => {
    const args = ["generate", "--extra", "env-example", "--out", "./.env.example", "--force"];
    expect(await world.run(...args)).toBe(64);
    expect(world.err).toBe(
      "error: --out ./.env.example is the name of a file beside the client.\n",
    );
    expect([...world.files]).toEqual([]);
  });

  test("names files after a client whose name has no ending", async () => {
    const args = ["generate", "--extra", "companion-test", "--out", "in.d/mine"];
    expect(await world.run(...args)).toBe(0);
    expect([...world.files.keys()]).toEqual(["in.d/mine", "in.d/mine.test.mjs"]);
  });

  test("takes no extra at all with --no-extras", async () => {
    expect(await world.run("generate", "--no-extras")).toBe(0);
    expect(recipeLine(world.out)).not.toHaveProperty("extras");
  });

  test("tells all problems at once", async () => {
    const wrong = ["--auth", "bearr", "--set", "pageSize=none", "--set", "path", "--force"];
    expect(await world.run("generate", ...wrong)).toBe(64);
    expect(world.err.split("\n")).toEqual([
      "error: --set path must be FIELD=VALUE.",
      'error: There is no auth option "bearr". Did you mean "bearer"?',
      "error: pageSize must be a whole number from 1 to 100000",
      "error: --force needs --out.",
      "",
    ]);
    expect(world.out).toBe("");
  });

  test.each([
    [["--language", "pyton"], 'Did you mean "python"?'],
    [["--retry", "x"], "Use one of: "],
    [["--pagination", "offset", "--set", "cursorParam=c"], 'no field "cursorParam"'],
    [["--set", "maxAtempts=3"], 'Did you mean "maxAttempts"?'],
    [["--set", "__proto__=3"], 'no field "__proto__"'],
    [["--set", "=3"], "--set =3 must be FIELD=VALUE."],
    [["--autth", "bearer"], "Did you mean --auth?"],
    [["--extra", "env-exampel"], 'Did you mean "env-example"?'],
    [["--extra", "env-example", "--no-extras"], "--no-extras rules out --extra."],
    [["--auth"], "argument missing"],
    [["extra"], "too many arguments"],
  ])("refuses %j", async (args, hint) => {
    expect(await world.run("generate", ...args)).toBe(64);
    expect(world.err).toContain(hint);
    expect(world.out).toBe("");
  });
});
