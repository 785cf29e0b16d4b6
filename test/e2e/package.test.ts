/** What is published: nothing but what runs, and no code that could evaluate templates. */
import { readFile, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { UNPACKED, VSIX } from "./support/package.js";

const FILES = [
  "[Content_Types].xml",
  "extension.vsixmanifest",
  "extension/LICENSE.txt",
  "extension/changelog.md",
  "extension/dist/extension.js",
  "extension/dist/extension.web.js",
  "extension/media/activity-bar.svg",
  "extension/media/icon.png",
  "extension/media/walkthrough/browse-dark.png",
  "extension/media/walkthrough/browse-light.png",
  "extension/media/walkthrough/generate-dark.png",
  "extension/media/walkthrough/generate-light.png",
  "extension/media/walkthrough/prefix-dark.png",
  "extension/media/walkthrough/prefix-light.png",
  "extension/media/walkthrough/search-dark.png",
  "extension/media/walkthrough/search-light.png",
  "extension/package.json",
  "extension/package.nls.json",
  "extension/readme.md",
  "extension/snippets/javascript.code-snippets",
  "extension/snippets/python.code-snippets",
];
const MOST_BYTES = 1024 * 1024;

/** Texts of the template language's parser and compiler that no minifier takes away. */
const COMPILER = /Parse error on line|Handlebars\.compile|new Function\(/;

async function unpackedFiles(): Promise<readonly string[]> {
  const entries = await readdir(UNPACKED, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const paths = files.map(({ parentPath, name }) => join(parentPath, name));
  return paths.map((path) => path.slice(UNPACKED.length + 1).replaceAll("\\", "/")).sort();
}

test("the package holds these files and no other", async () => {
  expect(await unpackedFiles()).toEqual(FILES);
});

test("the package is small", async () => {
  const { size } = await stat(VSIX);
  console.log(`The package has ${(size / 1024).toFixed(0)} KB.`);
  expect(size).toBeLessThan(MOST_BYTES);
});

test.each(["extension.js", "extension.web.js"])("%s can't compile templates", async (name) => {
  const code = await readFile(join(UNPACKED, "extension", "dist", name), "utf8");
  expect(COMPILER.exec(code)?.[0]).toBeUndefined();
});

test("the pictures of the readme come from the repository", async () => {
  const readme = await readFile(join(UNPACKED, "extension", "readme.md"), "utf8");
  const pictures = [...readme.matchAll(/!\[[^\]]*\]\(([^)]*)\)/g)].map(([, url]) => url);
  expect(pictures.length).toBeGreaterThan(0);
  for (const url of pictures) expect(url).toMatch(/^https:\/\//);
});
