import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { sectionOf } from "../../../bench/performance/editor/describe.js";
import { filesIn } from "../../../bench/performance/editor/packages.js";

const ZIP = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED) as file:
    file.writestr("small.txt", "a")
    file.writestr("größe/large.txt", "".join(map(str, range(1000))))
`;

test("without an editor the size and the renders are there, and why the rest isn't", async () => {
  const folder = await mkdtemp(join(tmpdir(), "zip-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const zip = join(folder, "a.vsix");
  execFileSync("python3", ["-c", ZIP, zip]);
  const files = await filesIn(zip);
  expect(files).toMatchObject([
    { name: "größe/large.txt", bytes: 2890 },
    { name: "small.txt", bytes: 1 },
  ]);
  const renders = { first: [90], check: [20], render: [2], read: [1], bytes: 1024 };
  const editor = "Chromium is missing";
  const section = sectionOf({ files, code: [], bytes: 2048, renders, editor });
  expect(section.text).toContain("was not measured: Chromium is missing");
  expect(section.targets.map(({ found, isMet }) => [found, isMet])).toEqual([
    ["2 KB", true],
    ["no editor", undefined],
    ["no editor", undefined],
    ["2.0 ms", true],
  ]);
});
