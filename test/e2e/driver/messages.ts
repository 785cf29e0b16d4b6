/** What the editor tells its user: notifications, dialogs, the status bar. */
import type { Page } from "playwright-core";
import { until } from "./until.js";

export class Notifications {
  constructor(private readonly page: Page) {}

  async texts(): Promise<readonly string[]> {
    return this.#toasts().locator(".notification-list-item-message").allInnerTexts();
  }

  /** Waits for a notification that contains the text, and returns all of its own. */
  async waitFor(text: string): Promise<string> {
    return until(`the notification "${text}"`, async () => {
      return (await this.texts()).find((candidate) => candidate.includes(text));
    });
  }

  /** Presses a button of the notification that contains the text. */
  async press(text: string, button: string): Promise<void> {
    const toast = this.#toasts().filter({ hasText: text }).first();
    await toast.getByRole("button", { name: button, exact: true }).click();
  }

  #toasts() {
    return this.page.locator(".notification-toast");
  }
}

export class Dialog {
  constructor(private readonly page: Page) {}

  /** Waits for a dialog, and returns its text. */
  async text(): Promise<string> {
    return this.page.locator(".monaco-dialog-box .dialog-message-row").innerText();
  }

  async press(button: string): Promise<void> {
    const box = this.page.locator(".monaco-dialog-box");
    await box.getByRole("button", { name: button, exact: true }).click();
    await box.waitFor({ state: "hidden" });
  }
}

export class StatusBar {
  constructor(private readonly page: Page) {}

  async texts(): Promise<readonly string[]> {
    const texts = await this.page.locator(".part.statusbar .statusbar-item").allInnerTexts();
    return texts.map((text) => text.trim()).filter((text) => text !== "");
  }

  /** Waits for an item with this text. */
  async waitFor(text: string): Promise<void> {
    await until(`"${text}" in the status bar`, async () => (await this.texts()).includes(text));
  }
}
