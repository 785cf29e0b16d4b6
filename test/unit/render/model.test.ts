import { expect, test } from "vitest";
import type { EnvironmentVariable } from "../../../src/catalog/catalog.js";
import { environmentLines, needsText } from "../../../src/render/model.js";

const variable = (name: string, optional = false): EnvironmentVariable => ({
  name,
  description: `the ${name}`,
  kind: "text",
  optional,
});
const answers = [
  { environment: [variable("API_BASE_URL")] },
  { environment: [variable("API_TOKEN"), variable("API_SCOPE", true)] },
];
const environments = {
  choices: [
    { name: "test", label: "test (sandbox)" },
    { name: "live", label: "live" },
  ],
  inCode: ["API_BASE_URL"],
};
const chooser = { environment: [variable("API_ENVIRONMENT", true)], environments };
const names = (lines: readonly { readonly name: string }[]) => lines.map(({ name }) => name);

test("variables are set and read by the same names", () => {
  const { environment, required, optional, checked } = environmentLines(answers);
  expect(environment.map(({ paddedName }) => paddedName)).toEqual([
    "API_BASE_URL",
    "API_TOKEN   ",
    "API_SCOPE   ",
  ]);
  expect(names(required)).toEqual(["API_BASE_URL", "API_TOKEN"]);
  expect(names(optional)).toEqual(["API_SCOPE"]);
  expect(checked).toEqual(required);
});

test("with environments each has its own, and only the default one's must be set", () => {
  const { environment, required, optional, checked } = environmentLines([...answers, chooser]);
  expect(names(environment)).toEqual(["API_ENVIRONMENT", "API_TOKEN_*", "API_SCOPE_*"]);
  expect(names(required)).toEqual(["API_TOKEN_TEST"]);
  expect(required[0]?.description).toBe("test (sandbox): the API_TOKEN");
  expect(names(optional)).toEqual([
    "API_ENVIRONMENT",
    "API_SCOPE_TEST",
    "API_TOKEN_LIVE",
    "API_SCOPE_LIVE",
  ]);
  expect(names(checked)).toEqual(["API_BASE_URL", "API_TOKEN"]);
});

test.each([
  [[], "Node.js and no packages"],
  [["redis"], "Node.js and the package redis"],
  [["redis", "requests"], "Node.js and the packages redis and requests"],
  [["pydantic", "redis", "requests"], "Node.js and the packages pydantic, redis and requests"],
])("a file that uses %j needs %s", (packages, text) => {
  expect(needsText({ needs: "Node.js", syntax: "javascript" }, packages)).toBe(text);
});
