/** package.json against what it names: files, texts, commands, the catalog's languages. */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { catalog, parts } from "virtual:catalog";
import { commandHandlers } from "../../../src/extension/commands.js";
import { Memory } from "../../../src/extension/memory.js";
import { Previews } from "../../../src/extension/preview.js";
import { Renderer } from "../../../src/render/renderer.js";

interface Manifest {
  readonly icon: string;
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string }[]>>;
    readonly snippets: readonly { readonly language: string; readonly path: string }[];
  };
}

const root = fileURLToPath(new URL("../../../", import.meta.url));
const text = readFileSync(`${root}package.json`, "utf8");
const texts = readFileSync(`${root}package.nls.json`, "utf8");
const manifest = JSON.parse(text) as Manifest;
const { contributes } = manifest;

const matches = (pattern: RegExp) => Array.from(text.matchAll(pattern), ([, found]) => found ?? "");

describe("package.json", () => {
  it("names texts that are there, and all of them", () => {
    const named = new Set(matches(/"%([\w.]+)%"/g));
    expect([...named].sort()).toEqual(Object.keys(JSON.parse(texts) as object).sort());
  });

  it("contributes the commands that the extension registers", () => {
    const renderer = () => new Renderer(catalog, parts);
    const memory = new Memory(catalog, new Map() as never);
    const previews = new Previews(catalog, renderer, {});
    const handlers = commandHandlers({ catalog, renderer, memory, previews });
    const contributed = contributes.commands.map(({ command }) => command);
    expect(contributed.sort()).toEqual(Object.keys(handlers).sort());
    const used = Object.values(contributes.menus).flat();
    expect(contributed).toEqual(expect.arrayContaining(used.map(({ command }) => command)));
  });

  it("names images that are there", () => {
    const media = matches(/"(?:\.\/)?(media\/[^"]+)"/g);
    expect(media).toContain(manifest.icon);
    expect(media.filter((path) => !existsSync(root + path))).toEqual([]);
  });

  it("offers snippets in every id of the catalog's languages", () => {
    const expected = catalog.languages.flatMap(({ name, snippetIds }) =>
      snippetIds.map((language) => ({ language, path: `./snippets/${name}.code-snippets` })),
    );
    expect(contributes.snippets).toEqual(expected);
  });
});
