import type { Locator, Page } from 'playwright-core';

/** The traffic's popover and what stands beside it in the top bar. */
export class TrafficModel {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get button(): Locator {
    return this.#page.getByRole('button', { name: 'Traffic', exact: true });
  }

  get panel(): Locator {
    return this.#page.getByRole('region', { name: 'Traffic', exact: true });
  }

  async open(): Promise<void> {
    await this.button.click();
    await this.panel.waitFor();
  }

  async setRate(rate: number): Promise<void> {
    await this.panel.getByRole('slider').fill(String(rate));
  }

  async press(name: string): Promise<void> {
    await this.panel.getByRole('button', { name }).click();
  }

  /** What came back to one request, per instance. */
  get answers(): Locator {
    return this.panel.getByRole('region', { name: /^Answer of / });
  }

  get pauseAll(): Locator {
    return this.#page.getByRole('button', { name: 'Pause all' });
  }

  get resumeAll(): Locator {
    return this.#page.getByRole('button', { name: 'Resume all' });
  }
}
