import { describe, expect, it } from "vitest";
import { bundle } from "../../../scripts/build.mjs";

describe("bundle", () => {
  it("refuses what could evaluate a template", async () => {
    const entry = { stdin: { contents: 'import "handlebars";', resolveDir: import.meta.dirname } };
    const options = {
      ...entry,
      outfile: "dist/refused.js",
      platform: "node",
      write: false,
    } as const;
    await expect(bundle(options)).rejects.toThrow(/dist\/refused\.js would ship .*compiler/);
  });

  it("lets the runtime pass", async () => {
    const contents = 'import "handlebars/runtime";';
    const entry = { stdin: { contents, resolveDir: import.meta.dirname } };
    const options = {
      ...entry,
      outfile: "dist/passed.js",
      platform: "node",
      write: false,
    } as const;
    await expect(bundle(options)).resolves.toMatch(/passed\.js$/);
  });
});
