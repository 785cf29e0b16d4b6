import { runInThisContext } from "node:vm";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  commentJson,
  constant,
  constantName,
  foldComment,
  stringLiteral,
} from "../../../src/render/literals.js";

/** Every UTF-16 unit, lone surrogates included; those that mean something in code often. */
const unit = fc.oneof(
  fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
  fc.constantFrom('"', "'", "\\", "\n", "\r", "$", "{", "}"),
);
const anyText = fc.array(unit).map((units) => units.join(""));

describe("stringLiteral", () => {
  test.each([
    ["plain", '"plain"', '"plain"'],
    [`it's`, `"it's"`, `"it's"`],
    [`say "x"`, `'say "x"'`, `'say "x"'`],
    [`'"`, `"'\\""`, `"'\\""`],
    ["\\", '"\\\\"', '"\\\\"'],
    ["a\nb\r\t", '"a\\nb\\r\\t"', '"a\\nb\\r\\t"'],
    ["\x001", '"\\x001"', '"\\x001"'],
    ["${x} {{y}}", '"${x} {{y}}"', '"${x} {{y}}"'],
    ["é", '"é"', '"é"'],
    ["\u2028", '"\\u2028"', '"\\u2028"'],
    ["\u202e", '"\\u202e"', '"\\u202e"'],
    ["\ufeff", '"\\ufeff"', '"\\ufeff"'],
    ["\ud800", '"\\ud800"', '"\\ud800"'],
    ["😀", '"\\u{1f600}"', '"\\U0001f600"'],
    ["\ue000", '"\\ue000"', '"\\ue000"'],
  ])("%j", (text, javascript, python) => {
    expect(stringLiteral(text, "javascript")).toBe(javascript);
    expect(stringLiteral(text, "python")).toBe(python);
  });

  test("means the same text, whatever it is", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const code = stringLiteral(text, "javascript");
        expect(code).not.toMatch(/[\n\r\u2028\u2029]/);
        expect(runInThisContext(code)).toBe(text);
      }),
    );
  });
});

test.each([
  ["path", "PATH"],
  ["maxRetryAfterMs", "MAX_RETRY_AFTER_MS"],
])("constantName of %s", (field, name) => {
  expect(constantName(field)).toBe(name);
});

describe("constant", () => {
  const path = (value: string, description = "where") => ({ field: "path", value, description });
  const x = (count: number) => "x".repeat(count);

  test("is one line with what it means", () => {
    expect(constant(path("/"), "javascript")).toBe('const PATH = "/"; // where');
    const size = { field: "pageSize", value: 0.5, description: "how many" };
    expect(constant(size, "python")).toBe("PAGE_SIZE = 0.5  # how many");
  });

  test("tells its meaning above where the line would be too wide", () => {
    const widest = constant(path(x(75)), "javascript");
    expect(widest).toBe(`const PATH = "${x(75)}"; // where`);
    expect(widest).toHaveLength(100);
    expect(constant(path(x(76)), "javascript")).toBe(`// where\nconst PATH = "${x(76)}";`);
    expect(constant(path(x(84)), "python")).toBe(`# where\nPATH = "${x(84)}"`);
  });

  test("breaks where the formatter does", () => {
    expect(constant(path(x(85)), "javascript")).toBe(`// where\nconst PATH =\n  "${x(85)}";`);
    expect(constant(path(x(92)), "python")).toBe(`# where\nPATH = (\n    "${x(92)}"\n)`);
    expect(constant(path(x(95)), "python")).toBe(`# where\nPATH = "${x(95)}"`);
  });

  test("marks the value only", () => {
    const mark = (text: string) => `<${text}>`;
    expect(constant(path("/"), "javascript", mark)).toBe('const PATH = <"/">; // where');
    expect(constant(path(x(92)), "python", mark)).toContain(`    <"${x(92)}">\n)`);
  });
});

test("commentJson is one line of ASCII that means the same", () => {
  const value = { a: 'x\n"\u2028é😀\ud800*/' };
  expect(commentJson(value)).toMatch(/^[\x20-\x7e]*$/);
  expect(JSON.parse(commentJson(value))).toEqual(value);
});

test("foldComment goes on in a further line where 100 columns are too few, and only there", () => {
  const [words, around] = [Array.from({ length: 18 }, () => "word").join(" "), ["12345", "."]];
  expect(`# ${around[0]}${words}x${around[1]}`).toHaveLength(98);
  const folded = (text: string) => foldComment(text, ["12345", "."], "python");
  expect(folded(`${words}xxx`)).toBe(`${words}xxx`);
  expect(folded(`${words}xxxx`)).toBe(`${words.slice(0, -5)}\n# wordxxxx`);
  expect(foldComment(`${words}xxx`, ["12345", "."], "javascript")).toContain("\n// word");
});
