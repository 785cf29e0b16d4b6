/** The active text editor. */
import type { Page } from "playwright-core";
import type { Dom } from "./dom.js";
import { until } from "./until.js";

export class Editor {
  constructor(private readonly page: Page) {}

  /** The name of the active tab's file, or the title of what else is open. */
  async title(): Promise<string | undefined> {
    return (await this.#titles(".editor-group-container.active .tab.active"))[0];
  }

  /** The titles of all tabs. */
  async tabs(): Promise<readonly string[]> {
    return this.#titles(".tabs-container .tab");
  }

  async waitForTitle(title: string | RegExp): Promise<string> {
    const fits = (text: string) => (typeof title === "string" ? text === title : title.test(text));
    return until(`the editor of ${title}`, async () => {
      const now = await this.title();
      return now !== undefined && fits(now) && now;
    });
  }

  /** Brings a tab to the front, by its title. */
  async select(title: string): Promise<void> {
    await this.page.locator(`.tab[data-resource-name="${title}"]`).click();
    await this.waitForTitle(title);
  }

  /** The number of the last line in sight: 1 where the file is empty. */
  async lineCount(): Promise<number> {
    const numbers = this.page.locator(".editor-group-container.active .line-numbers");
    return Math.max(...(await numbers.allInnerTexts()).map(Number));
  }

  /** Gives it the keyboard and leaves its selection. */
  async focus(): Promise<void> {
    const group = this.page.locator(".editor-group-container.active .editor-instance");
    await group.locator(".native-edit-context, textarea.inputarea").first().focus();
  }

  /** Keys, one by one, so that the editor completes brackets and offers suggestions. */
  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text);
  }

  /** Text in one go, as if pasted. */
  async insert(text: string): Promise<void> {
    await this.page.keyboard.insertText(text);
  }

  async press(key: string): Promise<void> {
    await this.page.keyboard.press(key);
  }

  /**
   * The whole text, by way of the clipboard, whose content it keeps. It moves the selection and
   * puts it back, but that ends a snippet with tab stops.
   */
  async text(): Promise<string> {
    await this.focus();
    await this.press("ControlOrMeta+a");
    const text = await this.#copied();
    await this.press("ControlOrMeta+u");
    return text;
  }

  /** What is selected, such as the text of a tab stop; without a selection the line. */
  async selection(): Promise<string> {
    return this.#copied();
  }

  /** What stands above lines without being text of the file. */
  async lenses(): Promise<readonly string[]> {
    const lenses = this.page.locator(".editor-group-container.active .codelens-decoration");
    await lenses.first().waitFor();
    return lenses.allInnerTexts();
  }

  /** The labels of the suggestions that are offered, in order, at most those in sight. */
  async suggestions(): Promise<readonly string[]> {
    const rows = this.page.locator(".suggest-widget.visible .monaco-list-row .label-name");
    await rows.first().waitFor();
    return rows.allInnerTexts();
  }

  async clipboard(): Promise<string> {
    return this.page.evaluate<string>("navigator.clipboard.readText()");
  }

  async setClipboard(text: string): Promise<void> {
    await this.page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
  }

  /** An untitled file's label is its first line; its name isn't. */
  async #titles(selector: string): Promise<readonly string[]> {
    return this.page.locator(selector).evaluateAll((tabs: Dom[]) =>
      tabs.map((tab) => {
        const label = tab.querySelector(".label-name")?.textContent.trim() ?? "";
        return tab.getAttribute("data-resource-name") || label;
      }),
    );
  }

  async #copied(): Promise<string> {
    const kept = await this.clipboard();
    const mark = `nothing copied yet, ${Math.random()}`;
    await this.setClipboard(mark);
    await this.press("ControlOrMeta+c");
    const text = await until("the editor's text in the clipboard", async () => {
      const now = await this.clipboard();
      return now !== mark && { now };
    });
    await this.setClipboard(kept);
    return text.now;
  }
}
