import { expect, test } from "vitest";
import { needsText } from "../../../src/render/model.js";

test.each([
  [[], "Node.js and no packages"],
  [["redis"], "Node.js and the package redis"],
  [["redis", "requests"], "Node.js and the packages redis and requests"],
])("a file that uses %j needs %s", (packages, text) => {
  expect(needsText("Node.js", packages)).toBe(text);
});
