import { beforeEach, describe, expect, test } from "vitest";
import { catalog } from "virtual:catalog";
import { extraBlocks, questionGroups } from "../../../src/catalog/catalog.js";
import type { Listing } from "../../../src/cli/listing.js";
import { World } from "./world.js";

let world: World;
beforeEach(() => {
  world = new World();
});

describe("api-snippets list", () => {
  test("names every language, option and field", async () => {
    expect(await world.run("list")).toBe(0);
    const answers = [
      ...catalog.languages,
      ...questionGroups(catalog).flatMap((group) => group.blocks),
      ...extraBlocks(catalog),
    ];
    for (const { name, summary, fields } of answers) {
      expect(world.out).toMatch(new RegExp(`^[* ] ${name} .*`, "m"));
      expect(world.out).toContain(summary);
      for (const field of fields) expect(world.out).toContain(`    ${field.name} `);
    }
  });

  test("shows a field's default, range and description, and who has it", async () => {
    await world.run("list");
    expect(world.out).toMatch(/^ {4}maxAttempts +5 +1 to 100 +\S.* \(.*fixed.*\)$/m);
    expect(world.out).toMatch(/^ {4}allowedOrigins +"" +https origins /m);
    expect(world.out).toMatch(/client_secret_basic or client_secret_post/);
  });

  test("tells which extras a use case brings along", async () => {
    await world.run("list");
    expect(world.out).toMatch(/^ {2}sync-job .* \(with the extras metrics, preflight\)$/m);
    expect(world.out).toMatch(/^\* export .* lines$/m);
  });

  test("marks the defaults", async () => {
    await world.run("list");
    expect(world.out).toMatch(/^\* bearer /m);
    expect(world.out).toMatch(/^ {2}basic /m);
  });

  test("as JSON keeps the documented shape", async () => {
    expect(await world.run("list", "--json")).toBe(0);
    const listed = JSON.parse(world.out) as Listing;
    expect(Object.keys(listed)).toEqual(["version", "languages", "groups", "extras", "fields"]);
    expect(listed.version).toBe(1);
    const auth = listed.groups.find((group) => group.name === "auth");
    expect(auth?.options.find((option) => option.name === "api-key-header")).toEqual({
      name: "api-key-header",
      title: expect.any(String) as string,
      summary: expect.any(String) as string,
      isDefault: false,
      fields: ["apiKeyHeader"],
      environment: ["API_KEY"],
      languages: expect.arrayContaining(["javascript"]) as string[],
      extras: [],
    });
    expect(listed.fields).toContainEqual({
      name: "maxAttempts",
      type: "number",
      default: 5,
      integer: true,
      min: 1,
      max: 100,
      description: expect.any(String) as string,
    });
  });

  test("as JSON lists each field once, and all that options name", async () => {
    await world.run("list", "--json");
    const { languages, groups, extras, fields } = JSON.parse(world.out) as Listing;
    const names = fields.map((field) => field.name);
    const named = [...groups.flatMap((group) => group.options), ...extras, ...languages].flatMap(
      (answer) => answer.fields,
    );
    expect(new Set(names).size).toBe(names.length);
    expect(new Set(names)).toEqual(new Set(named));
  });
});
