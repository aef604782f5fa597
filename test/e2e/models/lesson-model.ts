import type { Locator, Page } from 'playwright-core';

export class LessonModel {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get panel(): Locator {
    return this.#page.getByRole('article', { name: 'Lesson' });
  }

  title(title: string): Locator {
    return this.panel.getByRole('heading', { level: 1, name: title });
  }

  get startButton(): Locator {
    return this.#page.getByRole('button', { name: /^Start with/ });
  }

  get instruments(): Locator {
    return this.panel.getByRole('region', { name: 'Instrument' });
  }

  get prediction(): Locator {
    return this.panel.getByRole('region', { name: 'Prediction' });
  }

  /** The frame that is marked must be there already. */
  async predict(percent: number): Promise<void> {
    await this.prediction.getByRole('slider').fill(String(percent));
    await this.prediction.getByRole('button', { name: 'Lock it in' }).click();
    await this.prediction.getByText('Measured').waitFor();
  }

  /** "Run in terminal" of the first block whose code holds the text. */
  async runInTerminal(text: string): Promise<void> {
    await this.panel.locator('.code-block', { hasText: text }).getByRole('button', { name: 'Run in terminal' }).click();
  }
}
