import { describe, expect, it } from "vitest";
import {
  cursorRefusal,
  freeClientName,
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

/** Whether a name is one of these. */
const among = (taken: readonly string[]) => (name: string) => Promise.resolve(taken.includes(name));

describe("freeName", () => {
  it.each([
    ["client.mjs", [], "client.mjs"],
    ["client.mjs", ["client.mjs"], "client-2.mjs"],
    ["client.mjs", ["client.mjs", "client-2.mjs"], "client-3.mjs"],
    ["OAuth 2.0.mjs", ["OAuth 2.0.mjs"], "OAuth 2.0-2.mjs"],
    ["app.test.mjs", ["app.test.mjs"], "app-2.test.mjs"],
    ["test_app.py", ["test_app.py"], "test_app_2.py"],
    [".env.example", [".env.example"], ".env-2.example"],
  ])("of %s beside %j is %s", async (name, taken, expected) => {
    expect(await freeName(name, among(taken))).toBe(expected);
  });
});

describe("freeClientName", () => {
  const beside = (client: string) => [client.replace(".mjs", ".test.mjs"), ".env.example"];

  it.each([
    ["nothing else", [], "client.mjs"],
    ["a client", ["client.mjs"], "client-2.mjs"],
    ["the test of one", ["client.test.mjs"], "client-2.mjs"],
    ["a client and another's test", ["client.mjs", "client-2.test.mjs"], "client-3.mjs"],
    ["a file that isn't called after it", [".env.example"], "client.mjs"],
  ])("beside %s", async (_, taken, expected) => {
    expect(await freeClientName("client.mjs", beside, among(taken))).toBe(expected);
  });
});
