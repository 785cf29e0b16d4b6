/** The editor's pickers and input boxes. */
import type { Locator, Page } from "playwright-core";
import type { Dom } from "./dom.js";
import { List, type Row } from "./list.js";
import { until } from "./until.js";

/** What an input shows, for `waitFor`. */
export interface Shown {
  readonly title: string;
  /** As the editor writes it: `1/5`; empty where the input is no step of a sequence. */
  readonly step: string;
  readonly placeholder: string;
  readonly value: string;
  /** The prompt, or what is wrong with the value. */
  readonly message: string;
  /** Whether the message is a problem. */
  readonly invalid: boolean;
  /** Whether a bar shows that it is waiting for something. */
  readonly busy: boolean;
}

/** For what is worth another try from the start. */
const SOON = { timeout: 2_000 };
const BOX = ".quick-input-widget .quick-input-box input";

export class QuickInput {
  readonly #widget: Locator;
  readonly #box: Locator;
  readonly #list: List;

  constructor(private readonly page: Page) {
    this.#widget = page.locator(".quick-input-widget");
    this.#box = page.locator(BOX);
    this.#list = new List(page, this.#widget.locator(".quick-input-list .monaco-list"));
  }

  async isOpen(): Promise<boolean> {
    return this.#widget.isVisible();
  }

  /** What the open input shows, or undefined where none is open. */
  async shown(): Promise<Shown | undefined> {
    if (!(await this.isOpen())) return undefined;
    const heading = await this.#text(".quick-input-title");
    const [, title = heading, step = ""] = /^(.*?) ?\((\d+\/\d+)\)$/.exec(heading) ?? [];
    return {
      title,
      step,
      placeholder: (await this.#box.getAttribute("placeholder")) ?? "",
      value: await this.#box.inputValue(),
      message: await this.#text(".quick-input-message"),
      invalid: await this.#widget.locator(".monaco-inputbox.error").isVisible(),
      busy: (await this.#widget.locator(".quick-input-progress.active").count()) > 0,
    };
  }

  /** Waits for an input that shows all of this, and returns what it shows. */
  async waitFor(wanted: Partial<Shown>): Promise<Shown> {
    let last: Shown | undefined;
    const fits = async () => {
      last = await this.shown();
      const shown = last;
      const same = ([name, value]: [string, unknown]) => shown?.[name as keyof Shown] === value;
      return Object.entries(wanted).every(same) && shown;
    };
    return until(`the input ${JSON.stringify(wanted)}`, fits).catch((error: unknown) => {
      throw new Error(`The input shows ${JSON.stringify(last)}.`, { cause: error });
    });
  }

  async waitForClosed(): Promise<void> {
    await this.#widget.waitFor({ state: "hidden" });
  }

  /** The rows of the picker, also those out of sight. */
  async items(): Promise<readonly Row[]> {
    return this.#list.rows();
  }

  /** The row that Enter takes. */
  async active(): Promise<Row | undefined> {
    return (await this.#list.visible()).find(({ focused }) => focused);
  }

  /** Whether Enter soon takes the row with this label. */
  async becomesActive(label: string): Promise<boolean> {
    const active = async () => (await this.active())?.label === label;
    return until(`"${label}" as the active row`, active, SOON.timeout).catch(() => false);
  }

  /** The tooltips of the buttons in the title bar, without their keys; Back is one of them. */
  async buttons(): Promise<readonly string[]> {
    const labels = await this.#widget.locator(".quick-input-titlebar .action-label").all();
    const tooltips = await Promise.all(labels.map((label) => label.getAttribute("aria-label")));
    return tooltips.map((tooltip) => (tooltip ?? "").replace(/ \([^()]*\+[^()]*\)$/, ""));
  }

  /** Replaces the text; a picker filters its rows by it. */
  async type(text: string): Promise<void> {
    await this.#box.fill(text);
  }

  /** Clicks the row with this label, which ticks it where several may be chosen. */
  async pick(label: string): Promise<void> {
    await (await this.#row(label)).locator(".quick-input-list-label").click();
  }

  /** The labels of the ticked rows, of those in sight. */
  async ticked(): Promise<readonly string[]> {
    const ticks = this.#widget.locator(".monaco-list-row .monaco-checkbox.checked");
    return ticks.evaluateAll((boxes: Dom[]) =>
      boxes.flatMap((box) => box.getAttribute("aria-label") ?? []),
    );
  }

  /** Clicks a button of the row with this label. */
  async pressItemButton(label: string, tooltip: string): Promise<void> {
    const row = await this.#row(label);
    await row.hover();
    await row.getByRole("button", { name: tooltip, exact: true }).click();
  }

  /** Clicks a button of the title bar. */
  async pressButton(tooltip: string): Promise<void> {
    const titlebar = this.#widget.locator(".quick-input-titlebar");
    await titlebar.getByRole("button", { name: tooltip, exact: true }).click();
  }

  async accept(): Promise<void> {
    await this.#box.press("Enter");
  }

  async back(): Promise<void> {
    const back = this.#widget.locator(".quick-input-titlebar .codicon-quick-input-back");
    await back.click();
  }

  async escape(): Promise<void> {
    await this.#box.press("Escape");
  }

  async press(key: string): Promise<void> {
    await this.#box.press(key);
  }

  /** Opens the command palette with a text in it; an editor that takes the keyboard closes it. */
  async openPalette(text: string): Promise<void> {
    await until("the command palette", async () => {
      await this.page.keyboard.press("F1");
      try {
        await this.page
          .locator(`${BOX}[placeholder^="Type the name of a command"]`)
          .fill(`>${text}`, SOON);
        return true;
      } catch {
        return false;
      }
    });
  }

  /** Clicks the palette's row with this label, where it comes in sight soon. */
  async pickCommand(title: string): Promise<boolean> {
    const label = this.page.getByText(title, { exact: true });
    const row = this.#widget.getByRole("option").filter({ has: label }).first();
    try {
      await row.waitFor(SOON);
    } catch {
      return false;
    }
    // On a busy machine a click may do its work and yet be late: another try would run it twice.
    await row.click();
    return true;
  }

  /** The command's own input may have taken the palette's place. */
  async waitForPaletteGone(): Promise<void> {
    await until("the command palette to close", async () => {
      return !(await this.isOpen()) || !(await this.#box.inputValue()).startsWith(">");
    });
  }

  async #row(label: string): Promise<Locator> {
    return this.#list.reveal(`"${label}" in the picker`, (row) => row.label === label);
  }

  async #text(selector: string): Promise<string> {
    const element = this.#widget.locator(selector);
    if (!(await element.isVisible())) return "";
    return ((await element.textContent()) ?? "").trim();
  }
}
