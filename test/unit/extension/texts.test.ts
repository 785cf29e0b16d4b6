import { describe, expect, it } from "vitest";
import type { Answer } from "../../../src/catalog/catalog.js";
import type { Refusal } from "../../../src/extension/targets.js";
import * as texts from "../../../src/extension/texts.js";
import { previewName } from "../../../src/extension/code.js";
import { language } from "./fixture.js";

const answer: Answer = {
  name: "bearer",
  title: "Bearer token",
  summary: "A token",
  bestFor: "services",
  weakness: "long-lived",
  recommended: true,
  fields: [],
  environment: [],
  assumptions: [],
};

describe("choiceRow", () => {
  it("tells what helps to choose", () => {
    expect(texts.choiceRow({ answer }, true)).toEqual({
      label: "Bearer token",
      description: "current · $(star-full) recommended · A token",
      detail: "Best for services · − long-lived",
    });
  });

  it("tells why it can't be chosen", () => {
    const row = texts.choiceRow({ answer, unavailable: "not yet" }, false);
    expect(row).toMatchObject({ description: "$(circle-slash) not yet", disabled: true });
  });
});

describe("answerMarkdown", () => {
  it("is one paragraph and a list", () => {
    expect(texts.answerMarkdown(answer)).toBe(
      "**Bearer token**\n\nA token\n\n- **Best for:** services\n- **Weakness:** long-lived",
    );
  });
});

describe("fieldRow", () => {
  const field = { type: "text", name: "path", default: "/v1", description: "where" } as const;

  it.each([
    ["/v1", "/v1"],
    ["/v2", "/v2 · default /v1"],
    ["", "(empty) · default /v1"],
  ])("of %j shows %j", (value, description) => {
    expect(texts.fieldRow(field, value)).toEqual({ label: "path", description, detail: "where" });
  });
});

describe("destination", () => {
  const editor = { fileName: "app.mjs", languageId: "javascript", writable: true };

  it.each([
    ["file", ["client.mjs"], "client.mjs, not saved yet"],
    ["file", ["client.mjs", ".env.example"], "client.mjs + .env.example, not saved yet"],
    ["cursor", [], "app.mjs"],
    ["cursor", [".env.example"], "app.mjs; .env.example as a new file"],
    ["clipboard", [], "the whole file"],
    ["clipboard", ["a", "b"], "the whole file; a + b as new files"],
  ] as const)("%s with %j reads %s", (target, files, expected) => {
    expect(texts.destination(target, files, editor)).toBe(expected);
  });
});

describe("refusals", () => {
  const python = language("python");
  const refusals: Refusal[] = [
    { kind: "no-editor", language: python },
    { kind: "read-only", fileName: "a.py" },
    { kind: "closed", fileName: "a.py" },
    { kind: "other-language", fileName: "a.md", languageId: "markdown", language: python },
  ];

  it.each(refusals)("of $kind name the cause and a next step", (refusal) => {
    const message = texts.refusalMessage(refusal);
    expect(message).toMatch(/choose another target\.$/i);
    if ("fileName" in refusal) expect(message).toContain(refusal.fileName);
    expect(texts.refusalReason(refusal)).not.toContain("{");
  });
});

describe("previewName", () => {
  it.each([
    ["Bearer token", "client.mjs", "Bearer token.mjs"],
    ["Offset / limit", "client.py", "Offset-limit.py"],
    ["Whose? That", "client.py", "Whose-That.py"],
  ])("of %j in %s is %s", (title, fileName, expected) => {
    expect(previewName(title, fileName)).toBe(expected);
  });
});
