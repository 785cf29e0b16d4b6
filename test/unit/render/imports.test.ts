import { describe, expect, test } from "vitest";
import { importLines, usedPackages } from "../../../src/render/imports.js";

describe("in JavaScript", () => {
  const table = [
    { name: "setTimeout", as: "delay", from: "node:timers/promises" },
    { name: "realpathSync", from: "node:fs" },
    { name: "once", from: "node:events" },
    { name: "on", from: "node:events" },
  ];
  test.each([
    ["nothing", "", ""],
    ["a name", "once(x);", 'import { once } from "node:events";'],
    ["another name", "delay(1);", 'import { setTimeout as delay } from "node:timers/promises";'],
    ["names of one module", "once(on);", 'import { on, once } from "node:events";'],
    ["a name in a template", "`a ${once(x)} b`", 'import { once } from "node:events";'],
    ["a name that is spread", "f(...on);", 'import { on } from "node:events";'],
    ["no part of a name", "onceMore(_on);", ""],
    ["no member", "x.once(x?.on);", ""],
    ["no comment", "// once\n/* on */", ""],
    ["no text", 'f("once \\" on");', ""],
  ])("%s", (_, code, lines) => {
    expect(importLines(code, table, "javascript")).toBe(lines);
  });

  test("once, though two blocks name it", () => {
    expect(importLines("once();", [...table, ...table], "javascript")).toBe(
      'import { once } from "node:events";',
    );
  });

  test("one a line, where they would make the line too wide", () => {
    const names = ["appendFileSync", "existsSync", "readFileSync", "realpathSync", "truncateSync"];
    const from = (module: string) => names.map((name) => ({ name, from: module }));
    const wide = "node:fs/wider"; // 101 columns
    expect(importLines(names.join(), from(wide.slice(1)), "javascript")).not.toContain("\n");
    expect(importLines(names.join(), from(wide), "javascript")).toBe(
      `import {\n${names.map((name) => `  ${name},\n`).join("")}} from "${wide}";`,
    );
  });

  test("sorted by module", () => {
    expect(importLines("delay(); realpathSync(); once();", table, "javascript")).toBe(
      [
        'import { once } from "node:events";',
        'import { realpathSync } from "node:fs";',
        'import { setTimeout as delay } from "node:timers/promises";',
      ].join("\n"),
    );
  });
});

describe("in Python", () => {
  const table = [
    { name: "time", from: "time" },
    { name: "requests", from: "requests", package: true },
    { name: "Any", from: "typing" },
    { name: "Mapping", from: "typing" },
    { name: "json", from: "json" },
  ];
  test.each([
    ["a module", "time.sleep(1)", "import time"],
    ["members", "x: Mapping[str, Any]", "from typing import Any, Mapping"],
    ["a name in an f-string", 'f"a {json.dumps(x)} b"', "import json"],
    ["no member", "response.json()", ""],
    ["no comment", "# time", ""],
    ["no docstring", '"""The time of json."""', ""],
  ])("%s", (_, code, lines) => {
    expect(importLines(code, table, "python")).toBe(lines);
  });

  test("in isort's sections", () => {
    expect(importLines("requests, time, Any, json", table, "python")).toBe(
      ["import json", "import time", "from typing import Any", "", "import requests"].join("\n"),
    );
  });
});

test("packages are told once each, by name", () => {
  const table = [
    { name: "requests", from: "requests", package: true },
    { name: "Retry", from: "redis.retry", package: true },
    { name: "NoBackoff", from: "redis.backoff", package: true },
    { name: "time", from: "time" },
  ];
  const code = "requests.get(Retry(NoBackoff(), time.time()))";
  expect(usedPackages(code, table, "python")).toEqual(["redis", "requests"]);
  expect(usedPackages("time.time()", table, "python")).toEqual([]);
});

test("the names of a module as isort orders them: constants, classes, the rest", () => {
  const names = ["TypedDict", "cast", "TYPE_CHECKING", "TypeVar", "Any", "overload"];
  const typing = names.map((name) => ({ name, from: "typing" }));
  expect(importLines(names.join(), typing, "python")).toBe(
    "from typing import TYPE_CHECKING, Any, TypedDict, TypeVar, cast, overload",
  );
});
