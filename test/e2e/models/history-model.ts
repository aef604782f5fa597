import type { Locator, Page } from 'playwright-core';

export class HistoryModel {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get panel(): Locator {
    return this.#page.getByRole('region', { name: 'History of saves' });
  }

  /** Newest first. */
  get saves(): Locator {
    return this.panel.getByRole('listitem');
  }

  async compare(...indexes: number[]): Promise<void> {
    for (const index of indexes) await this.saves.nth(index).getByRole('checkbox').check();
  }

  async stopComparing(): Promise<void> {
    await this.panel.getByRole('button', { name: 'Stop comparing' }).click();
  }

  async goBackTo(index: number): Promise<void> {
    await this.saves.nth(index).getByRole('button', { name: 'Back to this one' }).click();
  }
}
