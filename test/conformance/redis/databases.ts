/** A database of a Redis server for each run, so that runs at the same time share no bucket. */
import { DATABASES, type RedisServer, startRedis } from "../../../scripts/setup/redis.mjs";
import type { Choices, Environment } from "../scenario.js";

export class RedisDatabases {
  #server: Promise<RedisServer> | undefined;
  #given = 0;

  /** What a client needs beside what the API's session says. */
  async environment(choices: Choices): Promise<Environment> {
    if (choices["rate-limit"] !== "redis") return {};
    this.#server ??= startRedis();
    const { url } = await this.#server;
    // By the time that a number comes again, its bucket has expired.
    this.#given = (this.#given + 1) % DATABASES;
    return { REDIS_URL: url + String(this.#given) };
  }

  async stop(): Promise<void> {
    await (await this.#server)?.close();
  }
}
