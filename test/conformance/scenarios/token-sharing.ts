/** The file of the refresh token: shared by processes, and refused where it is no good. */
import assert from "node:assert/strict";
import { utimes, writeFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { callsEnd, deliversAll, exitsWith, sends } from "../judging.js";
import {
  type Break,
  type Environment,
  type Meanwhile,
  type Scenario,
  keepsTokens,
} from "../scenario.js";
import { tokenFileText, writeTokenFile } from "../token-file.js";
import { KEEPS, leavesNothingBeside, spent, usesFirst } from "./oauth.js";

async function until({ hasEnded }: Meanwhile, isThere: () => boolean): Promise<void> {
  while (!hasEnded() && !isThere()) await sleep(10);
}

/** Another process that gets along with the same refresh token, a bit faster. */
async function outrun(running: Meanwhile): Promise<void> {
  const { session, environment } = running;
  await until(running, () => session.requests.some(({ kind, body }) => kind === "token" && body));
  const form = new URLSearchParams(session.requests[0]?.body);
  session.tokens.spend(form.get("refresh_token") ?? "");
  const next = session.tokens.newRefreshToken("sibling");
  await writeTokenFile(environment, tokenFileText(environment, next));
}

/** A lock that somebody took so long ago. */
const locked =
  (secondsAgo: number) =>
  async ({ API_TOKEN_STORE = "" }: Environment): Promise<void> => {
    const lock = `${API_TOKEN_STORE}.lock`;
    await writeFile(lock, "");
    const then = new Date(Date.now() - secondsAgo * 1000);
    await utimes(lock, then, then);
  };

const takenOver = (title: string, secondsAgo: number, breaks: Scenario["breaks"]): Scenario => ({
  ...KEEPS,
  behaviour: 14,
  title: `${title} is taken over`,
  applies: usesFirst,
  axes: [],
  set: { timeoutMs: 2000, deadlineMs: 3000 },
  before: locked(secondsAgo),
  judge: (seen) => {
    deliversAll(seen);
    leavesNothingBeside(seen);
  },
  breaks,
});

const refusedFile = (title: string, text: string, breaks: Scenario["breaks"]): Scenario => ({
  ...KEEPS,
  behaviour: 14,
  title: `${title} is refused and left as it is`,
  before: (environment) => writeTokenFile(environment, text),
  judge: (seen) => {
    exitsWith(seen, "config", 0);
    sends([...seen.requests, ...seen.tokenRequests], 0);
    assert.equal(seen.tokenFile?.text, text);
    leavesNothingBeside(seen);
  },
  breaks,
});

const DAMAGED: Scenario["breaks"] = {
  javascript: [
    ["if (token === undefined) throw", "if (token === undefined) return 'x';\n  if (!token) throw"],
  ],
  python: [["if not found:\n", 'if not found:\n        return "x"\n    if not found:\n']],
};

const WITHOUT_LOCK: Readonly<Record<"javascript" | "python", Break>> = {
  javascript: [
    [
      'exclusively(lock, operation.deadline, () => refresh(operation, ""))',
      'refresh(operation, "")',
    ],
  ],
  python: [
    ["exclusively(lock, deadline, lambda: self._refresh(deadline))", "self._refresh(deadline)"],
  ],
};

const LEAVING_AT_ONCE: Scenario["breaks"] = {
  javascript: [
    ["await renewal;", ""],
    ['process.once("exit", unlock);', ""],
  ],
  python: [
    ["threading.Thread(target=act, daemon=False)", "threading.Thread(target=act, daemon=True)"],
  ],
};

export const TOKEN_SHARING: readonly Scenario[] = [
  {
    ...KEEPS,
    behaviour: 14,
    title: "two processes never spend the same refresh token",
    axes: ["auth", "rate-limit"],
    session: { token: { steps: [{ delayMs: 400 }, { delayMs: 400 }] } },
    meanwhile: ({ again }) => again(),
    judge: (seen) => {
      exitsWith(seen, "done");
      assert.equal(seen.others[0]?.exitCode, 0);
      assert.equal(new Set(spent(seen)).size, 2);
      sends(seen.tokenRequests, 2);
    },
    breaks: WITHOUT_LOCK,
  },
  {
    ...KEEPS,
    behaviour: 14,
    title: "while a process waits for its turn another can refresh",
    applies: (choices) => keepsTokens(choices) && choices["rate-limit"] === "interval",
    set: { requestsPerSecond: 0.3 },
    session: { steps: [{ revoke: true }] },
    calls: [{ do: "request" }],
    meanwhile: async (running) => {
      await until(running, () => running.session.requests.some(({ kind }) => kind !== "token"));
      await running.again();
    },
    judge: (seen) => {
      callsEnd(seen, "ok");
      const [, second, third] = seen.tokenRequests.map(({ at }) => at);
      assert.ok(second && third && third - second > 1000, "one came while the other waited");
    },
    breaks: {
      javascript: [
        ["    await limiter.take(operation);\n    return exclusively(", "    return exclusively("],
        ["    const current = {", "    await limiter.take(operation);\n    const current = {"],
      ],
      python: [
        ["        self._limiter.take(deadline)\n        try:", "        try:"],
        [
          "        config = dict(self._config)  #",
          "        self._limiter.take(deadline)\n        config = dict(self._config)  #",
        ],
      ],
    },
  },
  {
    ...KEEPS,
    behaviour: 14,
    title: "where another process was faster its refresh token is used",
    session: { token: { steps: [{ delayMs: 800 }] } },
    meanwhile: outrun,
    judge: (seen) => {
      deliversAll(seen);
      assert.match(spent(seen)[1] ?? "", /^sibling-/);
    },
    breaks: {
      javascript: [
        ["return refresh(operation, used);", 'throw new ApiError("denied", "used up");'],
      ],
      python: [["return self._refresh(deadline, used)", 'raise ApiError("denied", "used up")']],
    },
  },
  {
    ...KEEPS,
    behaviour: 14,
    title: "a refresh token that is no good is spent once, and the client ends",
    axes: ["retry"],
    applies: usesFirst,
    environment: (given) => ({ ...given, API_REFRESH_TOKEN: "revoked" }),
    judge: (seen) => {
      exitsWith(seen, "denied", 0);
      sends(seen.tokenRequests, 1);
      leavesNothingBeside(seen);
    },
    breaks: {
      javascript: [['"denied", "API_REFRESH_TOKEN', '"later", "API_REFRESH_TOKEN']],
      python: [['"denied", "API_REFRESH_TOKEN', '"later", "API_REFRESH_TOKEN']],
    },
  },
  takenOver("a lock whose owner has died", 10, {
    javascript: [["> 2 * TIMEOUT_MS", "> 20 * TIMEOUT_MS"]],
    python: [["> 2 * TIMEOUT_MS", "> 20 * TIMEOUT_MS"]],
  }),
  takenOver("a lock of a time that hasn't come, as the clock was set back,", -3600, {
    javascript: [["Math.abs(Date.now() - mtimeMs)", "Date.now() - mtimeMs"]],
    python: [["abs(time.time() - os.stat(lock).st_mtime)", "time.time() - os.stat(lock).st_mtime"]],
  }),
  {
    ...KEEPS,
    behaviour: 14,
    title: "a lock that is held is waited for until the deadline",
    applies: usesFirst,
    axes: [],
    set: { deadlineMs: 1000 },
    before: locked(0),
    judge: (seen) => {
      exitsWith(seen, "later", 0);
      sends(seen.tokenRequests, 0);
      assert.ok(seen.filesBeside.includes("tokens.lock"), "the lock is its owner's");
    },
    breaks: {
      javascript: [
        ['if (code !== "EEXIST")', 'if (code === "EEXIST") break;\n    if (code !== "EEXIST")'],
      ],
      python: [["except FileExistsError:\n", "except FileExistsError:\n            break\n"]],
    },
  },
  {
    ...KEEPS,
    behaviour: 14,
    title: "a client that is interrupted leaves no lock",
    set: { timeoutMs: 1500 },
    session: { token: { steps: [{ delivery: "hang" }] } },
    interference: { signal: { name: "SIGINT", afterRequests: 1 } },
    judge: (seen) => {
      assert.equal(seen.exitCode, 130);
      leavesNothingBeside(seen);
    },
    breaks: LEAVING_AT_ONCE,
  },
  {
    ...KEEPS,
    behaviour: 13,
    title: "a client that is interrupted keeps the refresh token that it gets",
    session: { token: { steps: [{ delayMs: 1500 }] } },
    interference: { signal: { name: "SIGTERM", afterRequests: 1 } },
    judge: (seen) => {
      assert.equal(seen.exitCode, 143);
      assert.match(seen.tokenFile?.text ?? "", / sandbox-refresh-\d\n$/);
      assert.ok(
        !seen.tokenFile?.text.endsWith(` ${spent(seen)[0] ?? ""}\n`),
        "it isn't the old one",
      );
      leavesNothingBeside(seen);
    },
    breaks: LEAVING_AT_ONCE,
  },
  refusedFile("a store of another client", `${"a".repeat(43)} ${"b".repeat(43)} c\n`, {
    javascript: [["if (owner !== ownerOf(config)) throw", "if (!owner) throw"]],
    python: [["if found[1] != owner_of(config):", "if not found[1]:"]],
  }),
  refusedFile("a store that was cut", "abc def", DAMAGED),
  refusedFile("an empty store", "", DAMAGED),
];
