/** An origin on this machine that lets nobody connect, and refuses nobody: that takes for ever. */
import { once } from "node:events";
import { type Socket, connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";

/** Listens, and never gets to accept anyone. */
const LISTENER = `
const { createServer } = require("node:net");
const { parentPort } = require("node:worker_threads");
const server = createServer().listen({ host: "127.0.0.1", port: 0, backlog: 1 }, () => {
  parentPort.postMessage(server.address().port);
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
});`;
/** Connections on this machine take less than a millisecond, where there is room. */
const ROOM_MS = 200;

export class FullOrigin {
  private constructor(
    readonly origin: string,
    readonly worker: Worker,
    readonly sockets: readonly Socket[],
  ) {}

  /** Fills the queue of the system, which from then on drops whoever wants to connect. */
  static async start(): Promise<FullOrigin> {
    const worker = new Worker(LISTENER, { eval: true });
    const [port] = (await once(worker, "message")) as [number];
    const sockets: Socket[] = [];
    let hasRoom = true;
    while (hasRoom) {
      const socket = connect(port, "127.0.0.1").on("error", () => undefined);
      sockets.push(socket);
      hasRoom = await Promise.race([
        once(socket, "connect").then(() => true),
        sleep(ROOM_MS, false),
      ]);
    }
    return new FullOrigin(`http://127.0.0.1:${port}`, worker, sockets);
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await this.worker.terminate();
  }
}
