import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { type Answer, type Body, titleOf } from "./answer.js";
import type { Step } from "./step.js";

/** The way back to one client. */
export class Channel {
  readonly response: ServerResponse;
  /** Aborts when the answer, or the connection, is over. */
  readonly over: AbortSignal;
  /** The sandbox itself ended the connection. */
  cutByServer = false;

  constructor(response: ServerResponse) {
    const over = new AbortController();
    response.once("close", () => {
      over.abort();
    });
    this.response = response;
    this.over = over.signal;
  }

  /** The connection, from someone who means to cut it. */
  takeSocket(): Socket {
    this.cutByServer = true;
    const { socket } = this.response;
    if (socket === null) throw new Error("The connection is gone");
    return socket;
  }

  /** Rejects when the client goes away in the meantime. */
  async pause(milliseconds: number): Promise<void> {
    if (milliseconds > 0) await sleep(milliseconds, undefined, { signal: this.over });
  }
}

type Deliver = (channel: Channel, answer: Answer, step: Step) => Promise<void> | void;

/** Sends an answer, or does to the client what the step asks for instead. */
export const DELIVER: Readonly<Record<NonNullable<Step["delivery"]>, Deliver>> = {
  whole: async ({ response }, answer) => {
    const bytes = writeHead(response, answer);
    if (answer.body.kind !== "stream") response.end(bytes);
    else await pipeline(Readable.from(answer.body.chunks()), response);
  },

  reset: (channel) => {
    channel.takeSocket().resetAndDestroy();
  },

  close: (channel) => {
    channel.takeSocket().destroy();
  },

  /** Nothing: the client is left waiting. */
  hang: () => undefined,

  truncated: (channel, answer, step) => {
    const bytes = writeHead(channel.response, answer);
    const socket = channel.takeSocket();
    channel.response.write(beginning(bytes, step), () => {
      socket.destroySoon();
    });
  },

  "cut-chunk": (channel, answer, step) => {
    const bytes = writeHead(channel.response, answer);
    channel.response.removeHeader("Content-Length");
    const socket = channel.takeSocket();
    channel.response.write(beginning(bytes, step), () => {
      socket.destroySoon();
    });
  },

  /** The status, the beginning of a header, and no more. */
  "cut-head": (channel, answer) => {
    writeHead(channel.response, answer);
    const head = headText(channel.response);
    channel.takeSocket().end(head.slice(0, head.indexOf("\r\n") + 8));
  },

  /** A whole body without a length: RFC 9112 §6.3, rule 8. */
  "until-close": (channel, answer) => {
    const bytes = writeHead(channel.response, answer);
    channel.response.removeHeader("Content-Length");
    const socket = channel.takeSocket();
    socket.write(headText(channel.response));
    socket.end(bytes);
  },

  /** A packed body that can't be unpacked, as long as the connection is open. */
  "damaged-gzip": (channel, answer) => {
    const bytes = writeHead(channel.response, answer);
    channel.response.removeHeader("Content-Length");
    channel.response.setHeader("Content-Encoding", "gzip");
    const socket = channel.takeSocket();
    socket.write(headText(channel.response));
    socket.end(gzipSync(bytes).fill(0xa5, GZIP_HEAD_BYTES));
  },

  "reset-body": (channel, answer, step) => {
    const bytes = writeHead(channel.response, answer);
    const socket = channel.takeSocket();
    channel.response.write(beginning(bytes, step), () => {
      socket.resetAndDestroy();
    });
  },

  "slow-body": async (channel, answer, step) => {
    const bytes = writeHead(channel.response, answer);
    channel.response.flushHeaders();
    for (const byte of bytes) {
      await channel.pause(step.everyMs ?? SLOW_MS);
      channel.response.write(Buffer.of(byte));
    }
    channel.response.end();
  },

  "slow-headers": async (channel, answer, step) => {
    const bytes = writeHead(channel.response, answer);
    const socket = channel.takeSocket();
    for (const byte of headText(channel.response)) {
      await channel.pause(step.everyMs ?? SLOW_MS);
      socket.write(byte);
    }
    socket.end(bytes);
  },
};

const SLOW_MS = 10;
const GZIP_HEAD_BYTES = 10; // RFC 1952 §2.3

/** Sets status and headers without sending them yet, and gives the bytes of the body. */
function writeHead(response: ServerResponse, { status, headers, body }: Answer): Buffer {
  const bytes = bytesOf(body);
  response.statusCode = status;
  if (body.kind !== "stream") response.setHeader("Content-Length", bytes.length);
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  return bytes;
}

function bytesOf(body: Body): Buffer {
  switch (body.kind) {
    case "json":
      return Buffer.from(body.value === undefined ? "" : JSON.stringify(body.value));
    case "bytes":
      return body.bytes;
    case "stream":
      return Buffer.alloc(0);
  }
}

function beginning(bytes: Buffer, { sentBytes }: Step): Buffer {
  return bytes.subarray(0, sentBytes ?? Math.floor(bytes.length / 2));
}

function headText(response: ServerResponse): string {
  const headers = Object.entries(response.getHeaders()).flatMap(([name, value]) =>
    [value].flat().map((one) => `${name}: ${String(one)}\r\n`),
  );
  const status = `HTTP/1.1 ${response.statusCode} ${titleOf(response.statusCode)}\r\n`;
  return `${status}${headers.join("")}Connection: close\r\n\r\n`;
}
