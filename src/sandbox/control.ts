import { z } from "zod";
import { type Answer, jsonAnswer, problem } from "./answer.js";
import { PRESETS } from "./presets.js";
import type { Session } from "./session.js";
import type { Sessions } from "./sessions.js";
import type { SessionOptions } from "./settings.js";
import { credentialsSchema } from "./step.js";
import { OptionsError, parse, strict } from "./strict.js";
import { AUTHS, PAGINATIONS, SANDBOX_CREDENTIALS } from "./words.js";

const changeSchema = strict({
  credentials: credentialsSchema.optional(),
  revokeTokens: z.boolean().optional(),
});

/** `/_sandbox/sessions`: the door to sessions for tests in another process. */
export function controlAnswer(
  method: string,
  rest: readonly string[],
  body: string,
  sessions: Sessions,
): Answer {
  const [collection, id = "", action] = rest;
  if (collection !== "sessions") return problem(404, "Only /_sandbox/sessions is here");
  if (id === "") return method === "POST" ? create(body, sessions) : notAllowed("POST");
  const session = sessions.get(id);
  if (session === undefined) return problem(404, `There is no session ${id}`);
  switch (`${method} ${action ?? ""}`) {
    case "GET ":
      return jsonAnswer(200, report(session));
    case "PATCH ":
      return change(body, session);
    case "POST reset":
      session.reset();
      return jsonAnswer(200, report(session));
    case "DELETE ":
      sessions.delete(id);
      return { ...jsonAnswer(204, undefined), headers: {} };
    default:
      return notAllowed("GET, PATCH or DELETE, or POST to …/reset");
  }
}

/** What is at the root: the words that a URL may hold. */
export function helpAnswer(origin: string): Answer {
  const faults = Object.entries(PRESETS).map(([name, { description }]) => [name, description]);
  return jsonAnswer(200, {
    url: `${origin}/<auth>/<pagination>[/<fault>…]/v1/items`,
    auth: AUTHS,
    pagination: PAGINATIONS,
    faults: Object.fromEntries(faults) as unknown,
    credentials: SANDBOX_CREDENTIALS,
  });
}

function create(body: string, sessions: Sessions): Answer {
  const options = parsed(body);
  if (options === undefined) return problem(400, "The body must be JSON");
  return valid(() => {
    const session = sessions.create(options.value as SessionOptions);
    const { id, baseUrl, tokenUrl, environment } = session;
    return jsonAnswer(201, { id, baseUrl, tokenUrl, environment });
  });
}

function change(body: string, session: Session): Answer {
  const given = parsed(body);
  if (given === undefined) return problem(400, "The body must be JSON");
  return valid(() => {
    const { credentials, revokeTokens } = parse(changeSchema, given.value);
    if (credentials !== undefined) session.rotate(credentials);
    if (revokeTokens === true) session.tokens.revokeAll();
    return jsonAnswer(200, report(session));
  });
}

function report(session: Session): object {
  const { id, baseUrl, tokenUrl, environment, requests, commits, peakConnections } = session;
  const { grants } = session.tokens;
  return { id, baseUrl, tokenUrl, environment, requests, commits, grants, peakConnections };
}

function parsed(body: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(body) as unknown };
  } catch {
    return undefined;
  }
}

function valid(answer: () => Answer): Answer {
  try {
    return answer();
  } catch (error) {
    if (error instanceof OptionsError) return problem(400, error.message);
    throw error;
  }
}

function notAllowed(allowed: string): Answer {
  return problem(405, `Use ${allowed}`);
}
