/** The API that is measured against. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Bench } from "../section.js";
import type { Entry, Service } from "./server.mjs";

export type { Entry };

export class Api {
  private constructor(
    readonly origin: string,
    private readonly server: ChildProcess,
  ) {}

  static async start({ root, signal }: Bench): Promise<Api> {
    const file = join(root, "bench", "performance", "load", "server.mjs");
    const server = fork(file, { serialization: "advanced" });
    const [port] = (await once(server, "message", { signal })) as [number];
    return new Api(`http://127.0.0.1:${port}`, server);
  }

  async open(services: readonly Service[]): Promise<void> {
    await this.#ask(services);
  }

  /** Ends a service, and tells what it was sent. */
  async close(name: string): Promise<readonly Entry[]> {
    return (await this.#ask(name)) as readonly Entry[];
  }

  /** Where the clients of a service are, but for their numbers. */
  address(name: string): string {
    return `${this.origin}/${name}`;
  }

  stop(): void {
    this.server.disconnect();
  }

  async #ask(message: readonly Service[] | string): Promise<unknown> {
    const answered = once(this.server, "message");
    this.server.send(message);
    const [answer] = (await answered) as unknown[];
    return answer;
  }
}
