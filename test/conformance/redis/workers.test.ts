/** Behaviours 45, 48, 49 and 50 with four workers, a real Redis server, and what may befall it. */
import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, test, type TestContext } from "vitest";
import type { Call } from "../scenario.js";
import { keepsWithin } from "./rate.js";
import { type Language, Shop, type Worked } from "./workers.js";

const LIMIT = { rate: 10, burst: 10 };
const VALUES = {
  requestsPerSecond: LIMIT.rate,
  burst: LIMIT.burst,
  workers: 4,
  // So long a busy machine may take.
  redisTimeoutMs: 5000,
};
const OUTAGE = { ...VALUES, redisTimeoutMs: 1000 };
const TEAMS: Readonly<Record<string, readonly Language[]>> = {
  JavaScript: ["javascript", "javascript", "javascript", "javascript"],
  Python: ["python", "python", "python", "python"],
  "both languages": ["javascript", "python", "javascript", "python"],
};
const ONE_LANGUAGE = ["JavaScript", "Python"] as const;

async function openShop({ onTestFinished }: TestContext, values = VALUES): Promise<Shop> {
  const shop = await Shop.open(values);
  onTestFinished(() => shop.close());
  return shop;
}

/** Requests one after the other that tell whose they are. */
function requests(worker: number, times: number): Call {
  return { do: "request", query: { worker: String(worker) }, times };
}

/** Four workers, each with so many requests; the first loads what a request needs. */
function hireTeam(shop: Shop, team: string, times: number) {
  const calls = (worker: number) => [requests(worker, times)];
  return Promise.all((TEAMS[team] ?? []).map((language, at) => shop.hire(language, calls(at))));
}

/** Leaves the bucket empty for as long as four workers may take to start. */
async function emptyUntilAllCome(shop: Shop): Promise<void> {
  const startedAt = Date.now();
  await (
    await shop.hire("python", [requests(9, 1)])
  ).ended;
  const fullAt = Date.now() + 3 * (Date.now() - startedAt) + (1000 * LIMIT.burst) / LIMIT.rate;
  await shop.redis((client) => client.set(shop.key, fullAt * 1000));
}

function expectAllDone(done: readonly Worked[], times: number): void {
  for (const { exitCode, outcomes, stderr } of done) {
    const failed = outcomes.filter(({ ok }) => !ok);
    expect({ exitCode, failed, count: outcomes.length }, stderr).toEqual({
      exitCode: 0,
      failed: [],
      count: times,
    });
  }
}

const workerOf = ({ query }: Shop["session"]["requests"][number]) => query["worker"]?.[0];

describe.each(Object.keys(TEAMS))("four workers in %s", { timeout: 120_000 }, (team) => {
  test("keep one rate together, and each gets its share", async (context) => {
    const shop = await openShop(context);
    await emptyUntilAllCome(shop);
    const workers = await hireTeam(shop, team, 15);
    expectAllDone(await Promise.all(workers.map(({ ended }) => ended)), 15);
    keepsWithin(shop.arrivals, LIMIT);
    // While all were at work.
    const from = Math.max(...[0, 1, 2, 3].map((at) => indexesOf(shop, at)[0] ?? 0));
    const until = Math.min(...[0, 1, 2, 3].map((at) => indexesOf(shop, at).at(-1) ?? 0));
    const shares = [0, 1, 2, 3].map(
      (at) => indexesOf(shop, at).filter((index) => index >= from && index <= until).length,
    );
    const fair = shares.reduce((sum, share) => sum + share) / 4;
    expect(Math.min(...shares), shares.join(", ")).toBeGreaterThan(fair / 2);
  });
});

/** Which of all the requests were a worker's. */
function indexesOf(shop: Shop, worker: number): readonly number[] {
  return shop.session.requests.flatMap((request, index) =>
    workerOf(request) === String(worker) ? [index] : [],
  );
}

describe.each(ONE_LANGUAGE)("workers in %s", { timeout: 120_000 }, (team) => {
  test("leave no more than their turn when they are killed, and a key that expires", async (context) => {
    const shop = await openShop(context);
    const workers = await hireTeam(shop, team, 12);
    await shop.arrived(20);
    workers[0]?.process.kill("SIGKILL");
    const left = await shop.redis((client) => client.pTTL(shop.key));
    // An empty bucket, and a turn that each worker waits for.
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThanOrEqual(((LIMIT.burst + 4) * 1000) / LIMIT.rate);
    const done = await Promise.all(workers.map(({ ended }) => ended));
    expectAllDone(done.slice(1), 12);
    keepsWithin(shop.arrivals, LIMIT);
    for (const { process } of workers) process.kill("SIGKILL");
    await delay(((LIMIT.burst + 4) * 1000) / LIMIT.rate);
    expect(await shop.redis((client) => client.exists(shop.key))).toBe(0);
  });

  test("go on when the server forgets its scripts", async (context) => {
    const shop = await openShop(context);
    const workers = await hireTeam(shop, team, 10);
    for (const count of [8, 16, 24, 32]) {
      await shop.arrived(count);
      await shop.redis((client) => client.scriptFlush());
    }
    const done = await Promise.all(workers.map(({ ended }) => ended));
    expectAllDone(done, 10);
    expect(done.map(({ stderr }) => stderr).join("")).toBe("");
    keepsWithin(shop.arrivals, LIMIT);
  });

  test("keep to the rate while the server is down, and come back to it", async (context) => {
    const shop = await openShop(context, { ...OUTAGE, burst: 30 });
    // More than all have made by then: nobody is done, however late the others start.
    const workers = await hireTeam(shop, team, 48);
    await shop.arrived(45);
    await shop.stopRedis();
    const stoppedAt = shop.arrivals.length;
    await delay(2500);
    const duringOutage = shop.arrivals.length - stoppedAt;
    await shop.startRedis();
    const done = await Promise.all(workers.map(({ ended }) => ended));
    expectAllDone(done, 48);
    expect(duringOutage).toBeGreaterThan(8);
    // The new server's bucket has no second burst.
    keepsWithin(shop.arrivals, { ...LIMIT, burst: 30 });
    expectOutage(shop, done);
  });

  test("keep to the rate while the server hangs, and come back to it", async (context) => {
    const shop = await openShop(context, OUTAGE);
    const workers = await hireTeam(shop, team, 28);
    await shop.arrived(25);
    shop.signalRedis("SIGSTOP");
    const stoppedAt = shop.arrivals.length;
    await delay(4000);
    const duringOutage = shop.arrivals.length - stoppedAt;
    shop.signalRedis("SIGCONT");
    const done = await Promise.all(workers.map(({ ended }) => ended));
    expectAllDone(done, 28);
    expect(duringOutage).toBeGreaterThan(4);
    keepsWithin(shop.arrivals, LIMIT);
    expectOutage(shop, done);
  });
});

const AWAY_AND_BACK = [
  "Redis is away: this worker keeps to its share of the rate",
  "Redis is back",
];

/** Each worker tells when Redis goes and when it comes, not at each request, and never where it is. */
function expectOutage(shop: Shop, done: readonly Worked[]): void {
  const { password, port } = new URL(shop.redisUrl);
  const told = done.map(({ stderr }) => {
    const lines = stderr.split("\n").filter((line) => line !== "");
    expect(stderr).not.toContain(password);
    expect(stderr).not.toContain(port);
    return lines.map((line) => (JSON.parse(line) as { message: string }).message);
  });
  for (const messages of told) {
    expect(messages).not.toEqual([]);
    expect(messages).toEqual(messages.map((_, index) => AWAY_AND_BACK[index % 2]));
  }
  expect(told.flat()).toContain(AWAY_AND_BACK[1]);
}

test("a call that is cancelled gives its turn back to all workers", async (context) => {
  const shop = await openShop(context, { ...VALUES, requestsPerSecond: 0.5, burst: 1 });
  const first = await shop.hire("javascript", [
    { do: "request" },
    { do: "request", abort: { index: 0, afterMs: 100 } },
  ]);
  const { outcomes } = await first.ended;
  expect(outcomes.map(({ ok }) => ok)).toEqual([true, false]);
  const second = await shop.hire("python", [{ do: "request" }]);
  expect((await second.ended).outcomes[0]?.ok).toBe(true);
  // Without that the second worker's turn would come after 4 s.
  expect(shop.arrivals[1]).toBeLessThan(3500);
}, 60_000);
