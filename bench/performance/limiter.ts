/** Whether limiters keep to the limit, and use it: clients that send as fast as they are let. */
import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { ensurePython } from "../../scripts/setup/python.mjs";
import { startRedis } from "../../scripts/setup/redis.mjs";
import { quoted } from "../markdown.js";
import { writeClient } from "./generated.js";
import { LANGUAGES, type Language } from "../languages.js";
import { limiterSection } from "./limiter-report.js";
import { Api } from "./load/api.js";
import type { Limit } from "./load/excess.js";
import { runTeam } from "./load/workers.js";
import type { Bench, Measure } from "./section.js";

export interface Case {
  readonly language: Language;
  readonly limiter: "token-bucket" | "adaptive" | "redis";
  /** What the client is set to. */
  readonly limit: Limit;
  /** What it is measured by: the limit of the API. */
  readonly documented: Limit;
  readonly processes: number;
  /** In each process. */
  readonly callers: number;
}

export interface Found extends Case {
  /** When each worker's limiter let calls go. */
  readonly admitted: readonly (readonly number[])[];
  /** When they came to the server. */
  readonly arrived: readonly number[];
  /** How late the latest of many short waits ended in the processes meanwhile. */
  readonly lateMs: number;
}

export interface NotRun extends Case {
  readonly reason: string;
}

const SLOW: Limit = { rate: 10, burst: 10 };
const FAST: Limit = { rate: 100, burst: 20 };
const SECONDS = 6;
const CALLERS = 64;

const CASES: readonly Case[] = LANGUAGES.flatMap((language) => {
  const alone = { language, processes: 1, callers: CALLERS };
  const team = { language, limiter: "redis", limit: FAST, documented: FAST } as const;
  return [
    { ...alone, limiter: "token-bucket", limit: SLOW, documented: SLOW },
    { ...alone, limiter: "token-bucket", limit: FAST, documented: FAST },
    {
      ...alone,
      limiter: "token-bucket",
      limit: { ...FAST, rate: 0.9 * FAST.rate },
      documented: FAST,
    },
    { ...alone, limiter: "adaptive", limit: FAST, documented: FAST },
    ...[1, 4, 16].map((processes) => ({ ...team, processes, callers: CALLERS / processes })),
  ] satisfies Case[];
});

export const measure: Measure = async (bench) => {
  await symlink(join(bench.root, "node_modules"), join(bench.folder, "node_modules"), "junction");
  const api = await Api.start(bench);
  const redis = await startRedis().catch((error: unknown) => quoted(String(error)));
  const seconds = bench.isQuick ? 2 : SECONDS;
  const found: Found[] = [];
  const missing: NotRun[] = [];
  try {
    for (const [index, asked] of CASES.entries()) {
      bench.say(`limiter ${index + 1} of ${CASES.length}`);
      const needs = asked.limiter === "redis" ? redis : undefined;
      if (typeof needs === "string") missing.push({ ...asked, reason: needs });
      else found.push(await tryOut(bench, api, asked, seconds, needs && `${needs.url}${index}`));
    }
  } finally {
    api.stop();
    if (typeof redis !== "string") await redis.close();
  }
  return limiterSection(found, missing, seconds);
};

async function tryOut(
  bench: Bench,
  api: Api,
  asked: Case,
  seconds: number,
  redis: string | undefined,
): Promise<Found> {
  const { language, limiter, limit, processes, callers } = asked;
  const name = `limit-${language}-${limiter}-${limit.rate}-${processes}`;
  const workers = limiter === "redis" ? { workers: processes } : {};
  const set = { requestsPerSecond: limit.rate, burst: limit.burst, ...workers };
  const file = await writeClient(bench.folder, name, { language, retry: "none", limiter, set });
  const packages = limiter === "redis" ? ["requests", "redis"] : ["requests"];
  const worker = {
    file,
    parts: [{ address: api.address(name), clients: 1, callers }],
    seconds,
    python: language === "python" ? await ensurePython(packages) : undefined,
    environment: redis === undefined ? {} : { REDIS_URL: redis },
  };
  const team = Array.from({ length: processes }, () => worker);
  const worked = await runTeam(bench, team, () => api.open([{ name }]));
  const log = await api.close(name);
  const admitted = worked.map((one) => one.admitted);
  const lateMs = Math.max(...worked.map((one) => one.lateMs));
  return { ...asked, admitted, arrived: log.map(([at]) => at), lateMs };
}
