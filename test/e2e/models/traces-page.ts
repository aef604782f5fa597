import type { Locator, Page } from 'playwright-core';

/** The screen of execution traces in one tab. */
export class TracesPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Chosen once the lab knows it as a target. */
  async choose(instance: string): Promise<void> {
    await this.page.locator('option', { hasText: instance }).waitFor({ state: 'attached' });
    await this.page.getByRole('combobox', { name: 'Of' }).selectOption(instance);
  }

  /** Traces of one cause: asked, flight or slow. */
  rows(why: 'asked' | 'flight' | 'slow'): Locator {
    return this.page.locator(`.trace[data-why="${why}"]`);
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name });
  }

  get recorder(): Locator {
    return this.page.getByRole('region', { name: /Flight recorder/ }).getByRole('status');
  }
}
