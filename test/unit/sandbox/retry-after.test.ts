import { expect, test } from "vitest";
import { httpDate, retryAfterHeaders } from "../../../src/sandbox/retry-after.js";
import { firstPage, sandboxForFile } from "./support.js";

const sandbox = await sandboxForFile();

const RFC_9110_EXAMPLE = Date.UTC(1994, 10, 6, 8, 49, 37);

test.each([
  ["imf-fixdate", "Sun, 06 Nov 1994 08:49:37 GMT"],
  ["rfc850", "Sunday, 06-Nov-94 08:49:37 GMT"],
  ["asctime", "Sun Nov  6 08:49:37 1994"],
] as const)("%s is written as in RFC 9110", (form, text) => {
  expect(httpDate(form, RFC_9110_EXAMPLE)).toBe(text);
});

test.each([
  [2, "2"],
  [0.5, "0.5"],
  [-5, "-5"],
  ["soon", "soon"],
])("%j is sent as it is", (value, text) => {
  expect(retryAfterHeaders(value, 0)).toEqual({ "Retry-After": text });
});

test("a date is so many seconds after Date, whose clock may be wrong", () => {
  const now = RFC_9110_EXAMPLE + 999;
  expect(retryAfterHeaders({ form: "asctime", seconds: 4, skewSeconds: -37 }, now)).toEqual({
    Date: "Sun, 06 Nov 1994 08:49:00 GMT",
    "Retry-After": "Sun Nov  6 08:49:04 1994",
  });
});

test("a step sends it", async () => {
  const retryAfter = { form: "imf-fixdate", seconds: 3, skewSeconds: 3600 } as const;
  const session = sandbox.session({ steps: [{ status: 429, retryAfter }] });
  const { status, headers } = await firstPage(session);
  expect(status).toBe(429);
  const date = Date.parse(headers.get("Date") ?? "");
  expect(Date.parse(headers.get("Retry-After") ?? "") - date).toBe(3000);
  expect(Math.abs(date - Date.now() - 3_600_000)).toBeLessThan(2000);
});
