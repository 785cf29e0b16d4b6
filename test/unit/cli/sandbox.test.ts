import { beforeEach, describe, expect, test } from "vitest";
import { AUTHS, SANDBOX_PRESETS, startSandbox } from "../../../src/sandbox/index.js";
import { World } from "./world.js";

let world: World;
beforeEach(() => {
  world = new World();
});

/** What stands behind `export NAME=`. */
function exported(text: string, name: string): string {
  return new RegExp(`^export ${name}=(.*)$`, "m").exec(text)?.[1] ?? "";
}

describe("api-snippets sandbox", () => {
  test("serves what it prints, until it is stopped", async () => {
    let status = 0;
    world.life = async () => {
      const url = `${exported(world.out, "API_BASE_URL")}/v1/items`;
      const authorization = `Bearer ${exported(world.out, "API_TOKEN")}`;
      status = (await fetch(url, { headers: { authorization } })).status;
      return 130;
    };
    expect(await world.run("sandbox")).toBe(130);
    expect(status).toBe(200);
    await expect(fetch(exported(world.out, "API_BASE_URL"))).rejects.toThrow("fetch failed");
  });

  test("prints a token URL that gives tokens", async () => {
    let status = 0;
    world.life = async () => {
      const form = new URLSearchParams({
        grant_type: "client_credentials",
        client_id: exported(world.out, "API_CLIENT_ID"),
        client_secret: exported(world.out, "API_CLIENT_SECRET"),
      });
      const url = exported(world.out, "API_TOKEN_URL");
      status = (await fetch(url, { method: "POST", body: form })).status;
      return 0;
    };
    await world.run("sandbox");
    expect(status).toBe(200);
  });

  test("lists the words that a URL may hold", async () => {
    await world.run("sandbox");
    for (const [name, { description }] of Object.entries(SANDBOX_PRESETS)) {
      expect(world.out).toMatch(
        new RegExp(`^ +${name} +${description.replaceAll(".", "\\.")}$`, "m"),
      );
    }
    for (const auth of AUTHS) expect(world.out).toContain(auth);
  });

  test("says that its port is in use", async () => {
    await using other = await startSandbox();
    expect(await world.run("sandbox", "--port", String(other.port))).toBe(69);
    expect(world.err).toBe(
      `error: Port ${other.port} is in use. Take another, or leave --port out for any free one.\n`,
    );
  });

  test.each(["-1", "65536", "http", "1.5", ""])("refuses port %j", async (port) => {
    expect(await world.run("sandbox", `--port=${port}`)).toBe(64);
    expect(world.err).toContain("whole number from 0 to 65535");
  });
});
