import { expect, test } from "vitest";
import { failureOf, postJson, sandboxForFile } from "./support.js";

const sandbox = await sandboxForFile();

test("a write is done and recorded", async () => {
  const session = sandbox.session();
  const { status, body } = await postJson(`${session.baseUrl}/v1/items`, { name: "é" });
  expect([status, body]).toEqual([201, { id: "written-0001", name: "é" }]);
  for (const method of ["PUT", "PATCH", "DELETE"]) {
    await fetch(`${session.baseUrl}/v1/items/item-0001`, { method });
  }
  expect(session.commits.map(({ method }) => method)).toEqual(["POST", "PUT", "PATCH", "DELETE"]);
  expect(session.commits[0]?.body).toBe('{"name":"é"}');
});

test("one without credentials is not", async () => {
  const session = sandbox.session({ auth: "bearer" });
  expect((await postJson(`${session.baseUrl}/v1/items`, {})).status).toBe(401);
  expect(session.commits).toEqual([]);
});

test("an idempotency key makes it happen once", async () => {
  const session = sandbox.session();
  const post = (body: unknown, key: string) =>
    postJson(`${session.baseUrl}/v1/items`, body, { "Idempotency-Key": key });
  const first = await post({ a: 1 }, "k1");
  expect((await post({ a: 1 }, "k1")).body).toEqual(first.body);
  expect((await post({ a: 2 }, "k1")).status).toBe(422);
  await post({ a: 1 }, "k2");
  expect(session.commits.map(({ idempotencyKey }) => idempotencyKey)).toEqual(["k1", "k2"]);
});

test.each([
  ["a reset before the answer", { delivery: "reset" }, 0],
  ["a reset after the commit", { delivery: "reset", commit: true }, 1],
  ["a truncated answer", { delivery: "truncated" }, 1],
] as const)("%s", async (_name, step, commits) => {
  const session = sandbox.session({ steps: [step] });
  const init = { method: "POST", body: "{}" };
  expect(await failureOf(`${session.baseUrl}/v1/items`, init)).not.toBe("no failure");
  expect(session.commits).toHaveLength(commits);
});

test.each([
  ["an error", { status: 503 }, 0],
  ["an error after the commit", { status: 503, commit: true }, 1],
] as const)("%s", async (_name, step, commits) => {
  const session = sandbox.session({ steps: [step] });
  expect((await postJson(`${session.baseUrl}/v1/items`, {})).status).toBe(503);
  expect(session.commits).toHaveLength(commits);
});
