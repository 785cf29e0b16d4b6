/** Runs every client in every case that it can be asked, several at once, with progress. */
import { AssertionError } from "node:assert";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { inspect } from "node:util";
import { QUICK } from "../../test/conformance/changes.js";
import type { Harness } from "../../test/conformance/harness.js";
import { Progress } from "../../test/conformance/progress.js";
import type { Choices, Scenario } from "../../test/conformance/scenario.js";
import { TITLES } from "../languages.js";
import type { Case } from "./case.js";
import type { Client } from "./clients.js";

export interface Found {
  readonly case: Case;
  readonly client: Client;
  readonly state: "passed" | "failed" | "not asked" | "not run";
  /** What was seen, or why it wasn't asked. */
  readonly text?: string;
}

export interface Setting {
  /** The folders of the peers' files. */
  readonly peers: Readonly<Record<Choices["language"], string>>;
  /** The texts of the adapters. */
  readonly adapters: Readonly<Record<Choices["language"], string>>;
  readonly signal: AbortSignal;
  readonly atOnce: number;
}

export type Task = Pick<Found, "case" | "client">;
const PAGES = {
  "link-header": "asks for the next page with the cursor of the last",
  cursor: "asks for the next page with its Link header",
} as const;
/** Messages of judges that don't say what they found. */
const SHORT =
  /^(the number of requests|how the calls ended|the exit code|listeners that are left)$/;

/** Why a client isn't asked. */
export function whyNot({ case: one, client }: Task): string | undefined {
  if (one.language !== undefined && one.language !== client.language) {
    return `is for ${TITLES[one.language]}`;
  }
  const { peer } = client;
  if (peer === undefined) return undefined;
  if (one.pagination !== undefined && one.pagination !== peer.pagination) {
    return PAGES[one.pagination];
  }
  if (one.isOfPages && peer.isWithoutPages)
    return "goes through no pages by itself: the loop is one's own";
  return one.not?.[peer.name];
}

/** What fails among others is run once more alone: a busy machine is no failure. */
export async function runAll(
  tasks: readonly Task[],
  harness: Harness,
  setting: Setting,
): Promise<readonly Found[]> {
  const found: Found[] = [];
  const asked: Task[] = [];
  for (const task of tasks) {
    const text = whyNot(task);
    if (text === undefined) asked.push(task);
    else found.push({ ...task, state: "not asked", text });
  }
  const progress = new Progress(asked.length);
  const suspects: Task[] = [];
  const queue = asked.values();
  const work = async () => {
    for (const task of queue) {
      if (setting.signal.aborted) return;
      const text = await seen(task, harness, setting);
      if (text === undefined) found.push({ ...task, state: "passed" });
      else suspects.push(task);
      if (text === undefined) progress.ran(true);
    }
  };
  await Promise.all(Array.from({ length: setting.atOnce }, work));
  for (const task of suspects) {
    if (setting.signal.aborted) break;
    const text = await seen(task, harness, setting);
    progress.ran(text === undefined);
    if (text === undefined) {
      found.push({ ...task, state: "passed" });
      continue;
    }
    found.push({ ...task, state: "failed", text });
    progress.say(`${task.client.label}, ${task.case.behaviour} ${task.case.title}: ${text}`);
  }
  progress.stop();
  return found;
}

/** What went wrong, or nothing. */
async function seen(
  { case: one, client }: Task,
  harness: Harness,
  { peers, adapters }: Setting,
): Promise<string | undefined> {
  const { peer, language } = client;
  const choices: Choices = {
    language,
    auth: one.auth ?? "bearer",
    pagination: peer?.pagination ?? one.pagination ?? "link-header",
    retry: "exponential",
    "rate-limit": "none",
  };
  const file = peer && join(peers[language], peer.name + (language === "python" ? ".py" : ".mjs"));
  const environment: Scenario["environment"] = (given, place) => {
    const set = typeof one.set === "function" ? one.set(place) : one.set;
    const otherwise = one.environment?.(given, place) ?? given;
    return {
      ...otherwise,
      ...(file && {
        PEER_FILE: language === "python" ? file : pathToFileURL(file).href,
        PEER_SETTINGS: JSON.stringify({ auth: choices.auth, ...QUICK, ...set }),
      }),
    };
  };
  const scenario: Scenario = { ...one, axes: [], breaks: {}, environment };
  const prepared = harness.prepare(scenario, choices);
  try {
    await harness.run(peer ? { ...prepared, text: adapters[language] } : prepared);
    return undefined;
  } catch (error) {
    return told(error, one);
  }
}

/** The judge's words, in a line that is the same each time. */
export function told(error: unknown, { limitMs = 30_000 }: Pick<Case, "limitMs">): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  const message = (cause instanceof Error ? cause.message : String(cause)).split("\n")[0] ?? "";
  if (message.includes("didn't end in time")) return `it hasn't ended after ${limitMs / 1000} s`;
  const isShort = SHORT.test(message);
  const more =
    cause instanceof AssertionError && (isShort || cause.generatedMessage)
      ? `: ${short(cause.actual)} instead of ${short(cause.expected)}`
      : "";
  return (message + more)
    .replace(/^Expected .*?:/, "")
    .replace(/https?:\/\/127\.0\.0\.1:\d+\/[\w-]+/g, "http://…")
    .replace(/(127\.0\.0\.1|localhost)(', port=|:)\d+/g, "$1")
    .trim();
}

const short = (value: unknown): string => inspect(value, { breakLength: Infinity }).slice(0, 100);
