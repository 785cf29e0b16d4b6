/** Clients with environments: the right place, with the right credentials, or nothing is sent. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { catalog } from "virtual:catalog";
import {
  type Sandbox,
  type Session,
  type SessionOptions,
  startSandbox,
} from "../../src/sandbox/index.js";
import { recipeOf, renderer } from "./support/samples.js";
import { runRecipe } from "./support/run-client.js";

type Environments = Readonly<Record<"development" | "staging" | "production", Session>>;

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

/** Three APIs, each with a token that the others refuse. */
function environments(options: SessionOptions = {}): Environments {
  const session = (token: string) =>
    sandbox.session({
      auth: "bearer",
      pagination: "cursor",
      records: 3,
      credentials: { API_TOKEN: token },
      ...options,
    });
  return {
    development: session("token-of-development"),
    staging: session("token-of-staging"),
    production: session("token-of-production"),
  };
}

const TOKENS = {
  API_TOKEN_DEVELOPMENT: "token-of-development",
  API_TOKEN_STAGING: "token-of-staging",
  API_TOKEN_PRODUCTION: "token-of-production",
};

/** Reads a token, before and after it is changed. */
const ROTATION: Readonly<Record<string, string>> = {
  javascript: `
    const variables = { API_TOKEN_DEVELOPMENT: "old" };
    const config = configFor(variables);
    console.log(JSON.stringify(config.API_TOKEN));
    variables.API_TOKEN_DEVELOPMENT = "new";
    console.log(JSON.stringify(config.API_TOKEN));`,
  python: `
variables = {"API_TOKEN_DEVELOPMENT": "old"}
config = EnvironmentConfig(variables)
print(json.dumps(config["API_TOKEN"]))
variables["API_TOKEN_DEVELOPMENT"] = "new"
print(json.dumps(config["API_TOKEN"]))
`,
};

const requestsOf = (apis: Environments) =>
  Object.values(apis).map(({ requests }) => requests.length);

describe.each(catalog.languages.map(({ name }) => name))("%s", (language) => {
  const answersFor = ({ development, staging, production }: Environments) => ({
    options: {
      language,
      auth: "bearer",
      pagination: "cursor",
      retry: "none",
      "rate-limit": "none",
    },
    set: {
      developmentUrl: development.baseUrl,
      stagingUrl: staging.baseUrl,
      productionUrl: production.baseUrl,
    },
    extras: ["environments", "env-example"],
  });

  test.each([
    ["development", {}, [1, 0, 0]],
    ["development", { API_ENVIRONMENT: "" }, [1, 0, 0]],
    ["development", { API_ENVIRONMENT: "development" }, [1, 0, 0]],
    ["staging", { API_ENVIRONMENT: "staging" }, [0, 1, 0]],
    ["production", { API_ENVIRONMENT: "production" }, [0, 0, 1]],
  ])("%s is used where %j says so, and nothing else", async (name, asked, requests) => {
    const apis = environments();
    const { exitCode, lines, logs } = await runRecipe(answersFor(apis), { ...TOKENS, ...asked });
    expect({ exitCode, records: lines.length }).toEqual({ exitCode: 0, records: 3 });
    expect(requestsOf(apis)).toEqual(requests);
    expect(logs).toMatchObject([{ environment: name, sandbox: name !== "production" }]);
  });

  test.each(["Production", "constructor"])(
    "an environment %j that there is not is refused, with those that there are",
    async (name) => {
      const apis = environments();
      const asked = { ...TOKENS, API_TOKEN: "token-of-production", API_ENVIRONMENT: name };
      const { exitCode, lines, logs } = await runRecipe(answersFor(apis), asked);
      expect({ exitCode, lines }).toEqual({ exitCode: 78, lines: [] });
      expect(logs.map(({ message }) => message)).toEqual([
        "API_ENVIRONMENT must be one of development, staging, production",
      ]);
      expect(requestsOf(apis)).toEqual([0, 0, 0]);
    },
  );

  test("no other environment's credential is used, nor one of none", async () => {
    const apis = environments();
    const others = {
      API_TOKEN: "token-of-staging",
      API_TOKEN_DEVELOPMENT: "token-of-development",
      API_TOKEN_PRODUCTION: "token-of-production",
      API_BASE_URL: apis.production.baseUrl,
    };
    const asked = { ...others, API_ENVIRONMENT: "staging" };
    const { exitCode, logs } = await runRecipe(answersFor(apis), asked);
    expect(exitCode).toBe(78);
    expect(logs.at(-1)).toMatchObject({
      message: "API_TOKEN_STAGING must be set, in visible ASCII without spaces",
    });
    expect(requestsOf(apis)).toEqual([0, 0, 0]);
  });

  test("a credential that is rotated is there at once", async () => {
    const answers = answersFor(environments());
    const { exitCode, lines } = await runRecipe(answers, {}, [], (code) => {
      const [library = ""] = code.split(/^if (?:\(existsSync|__name__)/m);
      return library + (ROTATION[language] ?? "");
    });
    expect({ exitCode, lines }).toEqual({ exitCode: 0, lines: ["old", "new"] });
  });

  test("a base URL that is not there yet is told by its name in the code", async () => {
    const apis = environments();
    const answers = answersFor(apis);
    const asked = { ...TOKENS, API_BASE_URL: apis.staging.baseUrl, API_ENVIRONMENT: "staging" };
    const set = { ...answers.set, stagingUrl: "" };
    const { exitCode, logs } = await runRecipe({ ...answers, set }, asked);
    expect(exitCode).toBe(78);
    expect(logs.at(-1)).toMatchObject({ message: "STAGING_URL in the code must be an https URL" });
    expect(requestsOf(apis)).toEqual([0, 0, 0]);
  });

  test("what goes wrong later is told by the name that is set, too", async () => {
    const apis = environments({ auth: "oauth2-refresh-token" });
    const { options, ...rest } = answersFor(apis);
    const answers = { ...rest, options: { ...options, auth: "oauth2-refresh-token" } };
    const asked = {
      API_ENVIRONMENT: "staging",
      API_TOKEN_URL_STAGING: apis.staging.tokenUrl,
      API_CLIENT_ID_STAGING: "client",
      API_REFRESH_TOKEN_STAGING: "refresh",
      API_TOKEN_STORE_STAGING: "no-such-folder/store",
    };
    const { exitCode, logs } = await runRecipe(answers, asked);
    expect(exitCode).toBe(78);
    expect(logs.at(-1)?.["message"]).toMatch(/^API_TOKEN_STORE_STAGING: no lock, /);
  });

  test("the example lists what is set, and nothing that stands in the code", () => {
    const recipe = recipeOf(answersFor(environments()));
    const [example] = renderer.filesBeside(recipe, "client.x");
    expect(example?.text.match(/^(# )?\w+=$/gm)).toEqual([
      "API_TOKEN_DEVELOPMENT=",
      "# API_ENVIRONMENT=",
      "# API_TOKEN_STAGING=",
      "# API_TOKEN_PRODUCTION=",
    ]);
  });
});
