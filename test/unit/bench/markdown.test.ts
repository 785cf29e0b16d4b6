import { expect, test } from "vitest";
import { quoted } from "../../../bench/markdown.js";

test.each([
  ["open '/home/someone/.cache/lock' failed", "open 'lock' failed"],
  ["rename C:\\Users\\someone\\peers, busy", "rename peers, busy"],
  ["npm error 404 GET http://registry.internal:4873/@scope/got", "npm error 404 GET got"],
  ["in /usr/lib/ and/or elsewhere", "in lib and/or elsewhere"],
  ["connect ECONNREFUSED 127.0.0.1:6379", "connect ECONNREFUSED 127.0.0.1:6379"],
  ["<b> *two*\nlines_", "\\<b\\> \\*two\\* lines\\_"],
])("%s", (text, shown) => {
  expect(quoted(text)).toBe(shown);
});
