import type { Locator, Page } from 'playwright-core';

export class TerminalModel {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get panel(): Locator {
    return this.#page.getByRole('region', { name: 'Terminals', exact: true });
  }

  async openOne(): Promise<void> {
    await this.#page.getByRole('button', { name: 'Open a terminal' }).click();
    await this.isReady();
  }

  /** The shell has written its prompt. */
  async isReady(): Promise<void> {
    await this.panel.locator('.xterm-rows').waitFor();
    await this.shows(/\S/);
  }

  async type(line: string): Promise<void> {
    await this.panel.locator('.xterm-helper-textarea').focus();
    await this.#page.keyboard.type(line);
    await this.#page.keyboard.press('Enter');
  }

  async press(key: string): Promise<void> {
    await this.panel.locator('.xterm-helper-textarea').focus();
    await this.#page.keyboard.press(key);
  }

  /** The visible rows, one line each. */
  text(): Promise<string> {
    return this.panel
      .locator('.xterm-rows > div')
      .evaluateAll((rows) => rows.map((row) => (row.textContent ?? '').trimEnd()).join('\n'));
  }

  async shows(wanted: RegExp): Promise<void> {
    await this.#page.waitForFunction(
      ({ source, flags }) => {
        const rows = [...document.querySelectorAll('.terminal-panel .xterm-rows > div')];
        return new RegExp(source, flags).test(rows.map((row) => (row.textContent ?? '').trimEnd()).join('\n'));
      },
      { source: wanted.source, flags: wanted.flags },
    );
  }
}
