/** A view container with a tree in it. */
import type { Locator, Page } from "playwright-core";
import { List, type Row } from "./list.js";
import { until } from "./until.js";

export class Tree {
  readonly #list: List;
  readonly #sidebar: Locator;

  constructor(private readonly page: Page) {
    this.#sidebar = page.locator(".part.sidebar");
    this.#list = new List(page, this.#sidebar.locator(".pane-body .monaco-list").first());
  }

  /** Opens a view container of the activity bar, by its title. */
  async open(title: string): Promise<void> {
    const icon = this.page.locator(".part.activitybar").getByRole("tab", { name: title });
    await icon.waitFor();
    // A click on the icon of the container that is open closes it.
    if ((await icon.getAttribute("aria-selected")) !== "true") await icon.click();
    await this.#list.reveal(`rows in ${title}`, () => true);
  }

  /** All rows that are not below a collapsed one. */
  async rows(): Promise<readonly Row[]> {
    return this.#list.rows();
  }

  /** Expands each row of the path: labels from the top. */
  async expand(...path: string[]): Promise<void> {
    for (const [depth] of path.entries()) {
      const here = path.slice(0, depth + 1);
      if ((await this.#find(here)).expanded) continue;
      await (await this.#reveal(here)).locator(".monaco-tl-twistie").click();
      await until(`${here.join(" › ")} to expand`, async () => {
        const row = await this.#find(here);
        const rows = await this.rows();
        return row.expanded === true && (rows[row.index + 1]?.level ?? 0) > row.level;
      });
    }
  }

  /** The labels below a row, which it expands. */
  async children(...path: string[]): Promise<readonly Row[]> {
    await this.expand(...path);
    const rows = await this.rows();
    const parent = await this.#find(path);
    const end = rows.findIndex(({ index, level }) => index > parent.index && level <= parent.level);
    const below = rows.slice(parent.index + 1, end === -1 ? undefined : end);
    return below.filter(({ level }) => level === parent.level + 1);
  }

  /** Clicks the last row of the path; expands those before it. */
  async click(...path: string[]): Promise<void> {
    await (await this.#open(path)).locator(".label-name").first().click();
  }

  /** Clicks a button of a row. */
  async action(label: string, ...path: string[]): Promise<void> {
    const row = await this.#open(path);
    await row.hover();
    await row.getByRole("button", { name: label }).click();
  }

  /** Clicks a button in the view's title bar. */
  async titleAction(label: string): Promise<void> {
    await this.#sidebar.hover();
    await this.#sidebar.getByRole("button", { name: label }).first().click();
  }

  /** The entries of a row's context menu, which stays open. */
  async contextMenu(...path: string[]): Promise<readonly string[]> {
    await (await this.#open(path)).click({ button: "right" });
    const entries = this.page.locator(".monaco-menu .action-menu-item .action-label");
    await entries.first().waitFor();
    return entries.allInnerTexts();
  }

  /** Chooses an entry of a row's context menu. */
  async choose(entry: string, ...path: string[]): Promise<void> {
    await this.contextMenu(...path);
    const item = this.page
      .locator(".monaco-menu")
      .getByRole("menuitem", { name: entry, exact: true });
    await item.waitFor();
    // A menu ignores a click that comes so soon that it could be the end of the one that opened it.
    await until(`"${entry}" to be chosen`, async () => {
      await item.click({ timeout: 1_000 }).catch(() => undefined);
      return !(await item.isVisible());
    });
  }

  async #open(path: string[]): Promise<Locator> {
    await this.expand(...path.slice(0, -1));
    return this.#reveal(path);
  }

  async #reveal(path: string[]): Promise<Locator> {
    const { index } = await this.#find(path);
    return this.#list.reveal(path.join(" › "), (row) => row.index === index);
  }

  /** The same label may stand below several rows: looks below the one before only. */
  async #find(path: string[]): Promise<Row> {
    return until(path.join(" › "), async () => {
      const rows = await this.rows();
      let row: Row | undefined;
      for (const label of path) {
        const from = row?.index ?? -1;
        const level = (row?.level ?? 0) + 1;
        row = rows.find((r) => r.index > from && r.level === level && r.label === label);
        if (!row) return undefined;
      }
      return row;
    });
  }
}
