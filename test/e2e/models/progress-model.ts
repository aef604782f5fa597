import type { Locator, Page } from 'playwright-core';

/** The page of what was done in the course. */
export class ProgressModel {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async open(): Promise<void> {
    await this.#page.getByRole('link', { name: 'Progress', exact: true }).click();
    await this.#page.getByRole('heading', { level: 1, name: /proven$/ }).waitFor();
  }

  /** The card of an exercise. */
  card(title: string): Locator {
    return this.#page.getByRole('listitem').filter({ has: this.#page.getByRole('heading', { level: 3, name: title }) });
  }

  async testOut(chapter: string): Promise<void> {
    await this.#page.getByRole('button', { name: `Test out of ${chapter}` }).click();
  }

  /** An option of a question; code in it is shown without its back-ticks. */
  async choose(option: string): Promise<void> {
    await this.#page.getByRole('radio', { name: option.replaceAll('`', ''), exact: true }).check();
  }

  get handIn(): Locator {
    return this.#page.getByRole('button', { name: 'Hand in' });
  }

  get calibration(): Locator {
    return this.#page.getByRole('region', { name: 'Calibration' });
  }

  get review(): Locator {
    return this.#page.getByRole('region', { name: 'Review' });
  }
}
