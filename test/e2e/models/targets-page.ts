import type { Locator, Page } from 'playwright-core';

/** The Targets screen in one tab. */
export class TargetsPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  row(name: string): Locator {
    return this.page.locator(`[data-target="${name}"]`);
  }

  state(name: string, words: string): Locator {
    return this.row(name).locator('.target-state', { hasText: words });
  }

  error(name: string): Locator {
    return this.row(name).locator('.target-error');
  }

  get refusal(): Locator {
    return this.page.getByRole('form', { name: 'Attach a Go program' }).getByRole('alert');
  }

  async attach(fields: { address: string; name?: string; labels?: string }): Promise<void> {
    const form = this.page.getByRole('form', { name: 'Attach a Go program' });
    await form.getByLabel('Address').fill(fields.address);
    await form.getByLabel('Name').fill(fields.name ?? '');
    await form.getByLabel('Labels').fill(fields.labels ?? '');
    await form.getByRole('button', { name: 'Attach' }).click();
  }
}
