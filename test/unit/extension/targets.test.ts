import { describe, expect, it } from "vitest";
import {
  cursorRefusal,
  freeName,
  isWritable,
  orderTargets,
} from "../../../src/extension/targets.js";
import { language } from "./fixture.js";

const editor = { fileName: "tool.py", languageId: "python", writable: true };

describe("cursorRefusal", () => {
  it("lets an editor of the language pass", () => {
    expect(cursorRefusal(editor, language("python"))).toBeUndefined();
  });

  it.each([
    ["no editor", undefined, "no-editor"],
    ["a read-only editor", { ...editor, writable: false }, "read-only"],
    ["another language", { ...editor, languageId: "markdown" }, "other-language"],
  ])("refuses %s", (_, facts, kind) => {
    expect(cursorRefusal(facts, language("python"))?.kind).toBe(kind);
  });
});

describe("isWritable", () => {
  it.each([
    ["file", true, true],
    ["git", false, false],
    ["output", undefined, false],
    ["untitled", undefined, true],
    ["vscode-notebook-cell", undefined, true],
  ])("%s with %s: %s", (scheme, fileSystem, expected) => {
    expect(isWritable(scheme, fileSystem)).toBe(expected);
  });
});

describe("orderTargets", () => {
  it("puts the remembered first", () => {
    expect(orderTargets("clipboard", () => false)).toEqual(["clipboard", "file", "cursor"]);
  });

  it("puts the refused last, remembered or not", () => {
    const refused = (target: string) => target === "cursor";
    expect(orderTargets("cursor", refused)).toEqual(["file", "clipboard", "cursor"]);
  });
});

describe("freeName", () => {
  const free = (taken: readonly string[]) =>
    freeName("client.mjs", (name) => Promise.resolve(taken.includes(name)));

  it.each([
    [[], "client.mjs"],
    [["client.mjs"], "client-2.mjs"],
    [["client.mjs", "client-2.mjs"], "client-3.mjs"],
  ])("beside %j is %s", async (taken, expected) => {
    expect(await free(taken)).toBe(expected);
  });
});
