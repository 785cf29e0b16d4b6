import { describe, expect, test } from "vitest";
import { SANDBOX_PRESETS } from "../../../src/sandbox/index.js";
import { getJson, postJson, sandboxForFile } from "./support.js";

const sandbox = await sandboxForFile();
const SESSIONS = `${sandbox.origin}/_sandbox/sessions`;

async function send(method: string, url: string, body?: string): Promise<Response> {
  return fetch(url, { method, ...(body === undefined ? {} : { body }) });
}

describe("a session over HTTP", () => {
  test("is made, used, read, changed, reset and deleted", async () => {
    const made = await postJson(SESSIONS, {
      auth: "bearer",
      pagination: "cursor",
      steps: [{ status: 503 }, "ok"],
    });
    expect(made.status).toBe(201);
    const { id, baseUrl, environment } = made.body as {
      id: string;
      baseUrl: string;
      environment: object;
    };
    expect(environment).toEqual({ API_BASE_URL: baseUrl, API_TOKEN: "sandbox-token" });
    const items = `${baseUrl}/v1/items`;
    const own = `${SESSIONS}/${id}`;
    expect((await getJson(items)).status).toBe(503);
    expect((await getJson(own)).body["requests"]).toMatchObject([{ number: 1, status: 503 }]);

    const change = JSON.stringify({ credentials: { API_TOKEN: "new" }, revokeTokens: true });
    expect((await send("PATCH", own, change)).status).toBe(200);
    expect((await getJson(items, { Authorization: "Bearer new" })).status).toBe(200);

    expect((await send("POST", `${own}/reset`)).status).toBe(200);
    expect((await getJson(own)).body["requests"]).toEqual([]);

    expect((await send("DELETE", own)).status).toBe(204);
    expect((await getJson(own)).status).toBe(404);
    expect((await getJson(items)).body["detail"]).toBe(`There is no session ${id}`);
  });

  test.each([
    ["{", "The body must be JSON"],
    ["[]", "options: Invalid input: expected object, received array"],
    ['{"auth":"bearr"}', 'auth: Unknown value "bearr": did you mean "bearer"?'],
    ['{"auht":"bearer"}', 'options: Unknown key "auht": did you mean "auth"?'],
    ['{"steps":["okk"]}', 'steps[0]: Unknown value "okk": did you mean "ok"?'],
    ['{"steps":[{"stats":5}]}', 'steps[0]: Unknown key "stats": did you mean "status"?'],
    ['{"token":{"steps":[{"status":"5"}]}}', /^token\.steps\[0\]\.status: Invalid input: expected/],
    ['{"presets":["flakey"]}', 'presets[0]: Unknown value "flakey": did you mean "flaky"?'],
  ])("refuses %s with one sentence", async (body, detail) => {
    const answer = await (await send("POST", SESSIONS, body)).json();
    expect(answer).toMatchObject({
      status: 400,
      detail: typeof detail === "string" ? detail : (expect.stringMatching(detail) as unknown),
    });
  });

  test("knows only its own methods and paths", async () => {
    const own = `${SESSIONS}/${sandbox.session().id}`;
    expect((await send("GET", SESSIONS)).status).toBe(405);
    expect((await send("PUT", own)).status).toBe(405);
    expect((await send("GET", `${SESSIONS}/unknown`)).status).toBe(404);
    expect((await send("GET", `${sandbox.origin}/_sandbox/other`)).status).toBe(404);
  });
});

describe("a path", () => {
  test.each([
    ["/bearr/cursor/v1/items", 'Unknown auth "bearr": did you mean "bearer"?'],
    ["/bearer/cursr/v1/items", 'Unknown pagination "cursr": did you mean "cursor"?'],
    ["/bearer/cursor/flakky/v1/items", 'Unknown fault "flakky": did you mean "flaky"?'],
    [
      "/whatever/cursor/v1/items",
      'Unknown auth "whatever": known are none, bearer, api-key-header, api-key-query, basic, oauth2-client-credentials, oauth2-refresh-token, oauth2-authorization-code',
    ],
    ["/none/cursor/flaky", "Nothing is here: the records are at …/v1/items"],
    ["/none/cursor/v1/things", "Nothing is at /v1/things"],
    ["/s/x/none/cursor/v1/items", "There is no session x"],
  ])("%s is told what is wrong", async (path, detail) => {
    const { status, body, headers } = await getJson(sandbox.origin + path);
    expect([status, body["detail"]]).toEqual([404, detail]);
    expect(headers.get("X-Request-Id")).toMatch(/^sandbox-\d+$/);
  });

  test("to a session by another auth or pagination is told the right one", async () => {
    const session = sandbox.session({ pagination: "cursor" });
    const wrong = session.baseUrl.replace("cursor", "page");
    expect((await getJson(`${wrong}/v1/items`)).body["detail"]).toBe(
      `Session ${session.id} is at /s/${session.id}/none/cursor, not at /s/${session.id}/none/page`,
    );
  });

  test("to the root lists the words", async () => {
    const { body } = await getJson(sandbox.origin);
    expect(Object.keys(body["faults"] as object)).toEqual(Object.keys(SANDBOX_PRESETS));
    expect(body["auth"]).toContain("bearer");
  });
});
