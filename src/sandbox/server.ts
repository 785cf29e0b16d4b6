import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { type Answer, problem } from "./answer.js";
import { controlAnswer, helpAnswer } from "./control.js";
import { Channel, DELIVER } from "./delivery.js";
import { readBody, serveSession } from "./exchange.js";
import { routeOf } from "./route.js";
import type { Session } from "./session.js";
import { Sessions } from "./sessions.js";
import type { SessionOptions } from "./settings.js";

const LOOPBACK = /^(127(\.\d+){3}|::1|localhost)$/;

export interface SandboxOptions {
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** A loopback address; 127.0.0.1 by default. */
  readonly host?: string;
}

/** Listens when this resolves; rejects where the port is taken (`EADDRINUSE`). */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { port = 0, host = "127.0.0.1" } = options;
  if (!LOOPBACK.test(host)) throw new RangeError(`${host} is not a loopback address`);
  // A client that pauses between attempts must not meet a connection that the server has dropped.
  const server = createServer({ keepAliveTimeout: 120_000, requestTimeout: 0 });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  return new Sandbox(server);
}

/** A mock API that misbehaves on demand. */
export class Sandbox {
  readonly origin: string;
  readonly port: number;
  readonly #server: Server;
  readonly #sessions: Sessions;
  readonly #connections = new Map<Socket, number>();
  #connected = 0;
  #answered = 0;

  constructor(server: Server) {
    const { address, family, port } = server.address() as AddressInfo;
    this.port = port;
    this.origin = `http://${family === "IPv6" ? `[${address}]` : address}:${port}`;
    this.#server = server;
    this.#sessions = new Sessions(this.origin);
    server.on("connection", (socket: Socket) => {
      this.#connections.set(socket, ++this.#connected);
      socket.once("close", () => this.#connections.delete(socket));
    });
    server.on("request", (request: IncomingMessage, response: ServerResponse) => {
      this.#answer(request, response).catch((error: unknown) => {
        fail(response, error);
      });
    });
  }

  /** An API of its own for one client. Throws an `OptionsError` about options that aren't right. */
  session(options: SessionOptions = {}): Session {
    return this.#sessions.create(options);
  }

  /** Lets a session go whose client has ended. */
  forget({ id }: Session): void {
    this.#sessions.delete(id);
  }

  /** Ends at once: whatever is under way is cut. */
  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const socket of this.#connections.keys()) socket.destroy();
    await closed;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.setHeader("X-Request-Id", `sandbox-${++this.#answered}`);
    const url = urlOf(request, this.origin);
    const route = routeOf(url.pathname);
    if (route.kind === "session" || route.kind === "preset") {
      const found = this.#sessions.find(route);
      if ("refusal" in found) {
        await send(response, found.refusal);
        return;
      }
      const connection = this.#connections.get(request.socket) ?? 0;
      const { session, path } = found;
      await serveSession({ request, response, url, path, connection }, session);
      return;
    }
    if (route.kind === "control") {
      const body = await readBody(request);
      const method = request.method ?? "GET";
      await send(response, controlAnswer(method, route.rest, body, this.#sessions));
      return;
    }
    await send(
      response,
      route.kind === "help" ? helpAnswer(this.origin) : problem(404, route.detail),
    );
  }
}

/** The URL as the client wrote it, so that the URLs it is given are of the same origin. */
function urlOf(request: IncomingMessage, origin: string): URL {
  const host = request.headers.host;
  return new URL(request.url ?? "/", host === undefined ? origin : `http://${host}`);
}

async function send(response: ServerResponse, answer: Answer): Promise<void> {
  await DELIVER.whole(new Channel(response), answer, {});
}

/** A client that went away is no failure; anything else is shown to it. */
function fail(response: ServerResponse, error: unknown): void {
  if (response.destroyed) return;
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const message = error instanceof Error ? error.message : String(error);
  void send(response, problem(500, message));
}
