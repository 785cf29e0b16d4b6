import { once } from "node:events";
import { EXIT } from "./exit-codes.js";
import { nodeFiles } from "./files.js";
import type { Io } from "./io.js";

/** The real world. */
export function nodeIo(): Io {
  // A failed write is told to who wrote; without listeners it would end the process as well.
  process.stdout.on("error", () => undefined);
  process.stderr.on("error", () => undefined);
  return {
    out: (text) =>
      new Promise((resolve, reject) => {
        process.stdout.write(text, (error) => {
          if (error) reject(error);
          else resolve();
        });
      }),
    err: (text) => {
      process.stderr.write(text);
    },
    files: nodeFiles,
    untilStopped: () =>
      Promise.race([
        once(process, "SIGINT").then(() => EXIT.interrupted),
        once(process, "SIGTERM").then(() => EXIT.terminated),
      ]),
  };
}
