/** How far a long run has come: one line that changes, or where that can't be one now and then. */
import { performance } from "node:perf_hooks";

const TERMINAL_MS = 500;
const OTHERWISE_MS = 15_000;

export class Progress {
  readonly #total: number;
  readonly #startedAt = performance.now();
  readonly #isTerminal = process.stdout.isTTY;
  readonly #timer: NodeJS.Timeout;
  #ran = 0;
  #known = 0;
  #failed = 0;

  constructor(total: number) {
    this.#total = total;
    const every = this.#isTerminal ? TERMINAL_MS : OTHERWISE_MS;
    this.#timer = setInterval(() => {
      this.#show();
    }, every);
  }

  /** One is known from an earlier run. */
  knows(): void {
    this.#known += 1;
  }

  ran(passed: boolean): void {
    this.#ran += 1;
    if (!passed) this.#failed += 1;
  }

  /** A line that stays. */
  say(line: string): void {
    if (this.#isTerminal) process.stdout.write("\r\x1b[K");
    console.log(line);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#show();
    if (this.#isTerminal) process.stdout.write("\n");
  }

  #show(): void {
    const done = this.#ran + this.#known;
    const known = this.#known > 0 ? ` (${this.#known} known from before)` : "";
    const line = `${done} of ${this.#total} done${known}, ${this.#failed} failed, ${this.#left()}`;
    if (this.#isTerminal) process.stdout.write(`\r\x1b[K${line}`);
    else console.log(line);
  }

  #left(): string {
    const left = this.#total - this.#ran - this.#known;
    if (left === 0) return "none left";
    if (this.#ran === 0) return "time left unknown";
    const perRun = (performance.now() - this.#startedAt) / this.#ran;
    const minutes = Math.ceil((left * perRun) / 60_000);
    return minutes < 60
      ? `${minutes} min left`
      : `${Math.floor(minutes / 60)} h ${minutes % 60} min left`;
  }
}
