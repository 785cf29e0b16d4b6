/** How soon a window shows what was asked for, by the page's own clock. */
import { until } from "../../../test/e2e/driver/until.js";
import type { Workbench } from "../../../test/e2e/driver/workbench.js";

const VIEW = "API Snippets";
const SEARCH = "Search Blocks…";

/** What is typed, letter by letter: words of a title, a prefix, and what nothing matches. */
const WORDS = ["token bucket", "api-auth-bearer", "zzz"];

/** Calls back when the page has painted what came of this task: a frame, then a message. */
const PAINTED = `
  globalThis.benchPainted = (then) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = then;
    port2.postMessage(undefined);
  });
`;

/** Notes for each change of an input how long it takes until its effects are painted. */
const WATCH_INPUT = `
  globalThis.benchTimes = [];
  document.addEventListener("input", () => {
    const startedAt = performance.now();
    benchPainted(() => benchTimes.push(performance.now() - startedAt));
  }, true);
`;

/** From the next click to the painting of what makes a condition true. */
const clickToPaint = (condition: string) => `
  new Promise((resolve) => {
    addEventListener("click", () => {
      const startedAt = performance.now();
      const observer = new MutationObserver(() => {
        if (!(${condition})) return;
        observer.disconnect();
        benchPainted(() => resolve(performance.now() - startedAt));
      });
      observer.observe(document.body, { subtree: true, childList: true, attributes: true });
    }, { capture: true, once: true });
  })
`;

const level = (number: number) => `.part.sidebar .monaco-list-row[aria-level="${number}"]`;
const IS_EXPANDED = `document.querySelector(${JSON.stringify(level(2))})`;
/** Rows of an earlier picker stay, out of sight. */
const IS_OPEN = `
  document.querySelector(".quick-input-title")?.textContent.includes("Search Blocks") &&
  document.querySelector(".quick-input-list .monaco-list-row")?.getClientRects().length > 0
`;

/** Milliseconds, one number for each round or letter. */
export interface WindowTimes {
  /** From a click on a topic to its blocks. */
  readonly expand: number[];
  /** From a click on the search to its rows. */
  readonly open: number[];
  readonly letters: number[];
}

/** A window with the view open, measured as often as its turn comes. */
export class Window {
  readonly times: WindowTimes = { expand: [], open: [], letters: [] };

  private constructor(
    private readonly workbench: Workbench,
    private readonly topic: string,
  ) {}

  static async open(workbench: Workbench, topic: string): Promise<Window> {
    await workbench.tree.open(VIEW);
    await workbench.page.evaluate(PAINTED + WATCH_INPUT);
    return new Window(workbench, topic);
  }

  async round(): Promise<void> {
    const { page, quick, tree } = this.workbench;
    await page.bringToFront();
    const expanding = page.evaluate<number>(clickToPaint(IS_EXPANDED));
    const topic = page.locator(level(1)).filter({ hasText: this.topic });
    await topic.locator(".monaco-tl-twistie").click();
    this.times.expand.push(await expanding);
    await tree.titleAction("Collapse All");
    await page.locator(level(2)).first().waitFor({ state: "detached" });

    const opening = page.evaluate<number>(clickToPaint(IS_OPEN));
    await tree.titleAction(SEARCH);
    this.times.open.push(await opening);
    for (const word of WORDS) this.times.letters.push(...(await this.#type(word)));
    await quick.escape();
    await quick.waitForClosed();
  }

  /** Types a word into the open search, then empties it. */
  async #type(word: string): Promise<readonly number[]> {
    const { page, quick } = this.workbench;
    const painted = (count: number) =>
      until("the page to be painted", async () => {
        const times = await page.evaluate<number[]>("benchTimes");
        return times.length === count && times;
      });
    await page.evaluate("benchTimes.length = 0");
    for (const [at, letter] of word.split("").entries()) {
      await page.keyboard.type(letter);
      await painted(at + 1);
    }
    await quick.type("");
    return (await painted(word.length + 1)).slice(0, word.length);
  }
}
