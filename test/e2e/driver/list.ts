/** Lists and trees of the editor, which hold only the rows in sight. */
import type { Locator, Page } from "playwright-core";
import type { Dom } from "./dom.js";
import { until } from "./until.js";

export interface Row {
  /** The place among all rows, from 0. */
  readonly index: number;
  readonly label: string;
  readonly description: string;
  readonly detail: string;
  /** The heading that starts at this row. */
  readonly separator: string;
  readonly level: number;
  readonly expanded: boolean | undefined;
  readonly focused: boolean;
  /** The tooltips of its buttons. */
  readonly buttons: readonly string[];
  readonly last: boolean;
}

/** Not those that stay at the top when a tree is scrolled. */
const ROWS = ".monaco-list-rows > .monaco-list-row";

/** Visits every row by scrolling; the list is somewhere in its middle or at its end afterwards. */
export class List {
  constructor(
    private readonly page: Page,
    private readonly root: Locator,
  ) {}

  /** All rows, also those out of sight. */
  async rows(): Promise<readonly Row[]> {
    const rows = new Map<number, Row>();
    let sight = await this.#top();
    for (;;) {
      for (const row of sight) rows.set(row.index, row);
      if (sight.length === 0 || sight.some(({ last }) => last)) return [...rows.values()];
      sight = await this.#down(sight);
    }
  }

  visible(): Promise<readonly Row[]> {
    return this.root.locator(ROWS).evaluateAll(readRows);
  }

  /** Scrolls to the first row that fits. */
  async reveal(what: string, fits: (row: Row) => boolean): Promise<Locator> {
    const row = await until(what, async () => (await this.rows()).find(fits));
    let sight = await this.visible();
    if (!sight.some(({ index }) => index === row.index)) sight = await this.#top();
    while (!sight.some(({ index }) => index === row.index)) sight = await this.#down(sight);
    const locator = this.root.locator(`${ROWS}[data-index="${row.index}"]`);
    await locator.scrollIntoViewIfNeeded();
    return locator;
  }

  async #top(): Promise<readonly Row[]> {
    return until("the list's first row", async () => {
      const sight = await this.visible();
      if (sight.length === 0 || sight.some(({ index }) => index === 0)) return sight;
      await this.#wheel(-500);
      return undefined;
    });
  }

  async #down(before: readonly Row[]): Promise<readonly Row[]> {
    await this.#wheel(150);
    return until("the list's next rows", async () => {
      const sight = await this.visible();
      return sight.at(-1)?.index !== before.at(-1)?.index && sight;
    });
  }

  async #wheel(pixels: number): Promise<void> {
    await this.root.hover({ force: true });
    await this.page.mouse.wheel(0, pixels);
  }
}

/** Runs in the page, so that it can use nothing from outside. */
function readRows(rows: Dom[]): Row[] {
  const text = (row: Dom, selector: string) =>
    row.querySelector(selector)?.textContent.trim() ?? "";
  return rows.map((row) => ({
    index: Number(row.getAttribute("data-index")),
    label: text(row, ".label-name"),
    description: text(row, ".label-description"),
    detail: text(row, ".quick-input-list-label-meta .label-name"),
    separator: text(row, ".quick-input-list-separator"),
    level: Number(row.getAttribute("aria-level")),
    expanded: { true: true, false: false }[row.getAttribute("aria-expanded") ?? ""],
    focused: / focused( |$)/.test(row.getAttribute("class") ?? ""),
    buttons: [...row.querySelectorAll(".action-label")].flatMap(
      (button) => button.getAttribute("aria-label") ?? [],
    ),
    last: row.getAttribute("data-last-element") === "true",
  }));
}
