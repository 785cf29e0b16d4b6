import { beforeEach, describe, expect, test } from "vitest";
import { World, systemError } from "./world.js";

let world: World;
beforeEach(() => {
  world = new World();
});

describe("api-snippets", () => {
  test("prints its version", async () => {
    expect(await world.run("--version")).toBe(0);
    expect(world.out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  test("prints its help, with examples and exit codes", async () => {
    expect(await world.run("--help")).toBe(0);
    expect(world.out).toContain("Examples:");
    expect(world.out).toContain("Exit codes:");
    expect(world.err).toBe("");
  });

  test("without a command tells how to use it, as an error", async () => {
    expect(await world.run()).toBe(64);
    expect(world.err).toContain("Usage: api-snippets");
    expect(world.out).toBe("");
  });

  test("names the nearest command", async () => {
    expect(await world.run("generat")).toBe(64);
    expect(world.err).toContain("Did you mean generate?");
  });

  test.each([["list"], ["generate"], ["--help"], ["--version"], ["sandbox"]])(
    "%s is quiet when the reader has gone",
    async (command) => {
      world.outFailure = systemError("EPIPE");
      expect(await world.run(command)).toBe(0);
      expect(world.err).toBe("");
    },
  );

  test.each([["list"], ["generate"], ["--help"], ["sandbox"]])(
    "%s exits 74 when stdout fails",
    async (command) => {
      world.outFailure = systemError("ENOSPC");
      expect(await world.run(command)).toBe(74);
      expect(world.err).toBe("error: The output can't be written: ENOSPC: it failed\n");
    },
  );
});
