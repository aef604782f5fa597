import type { Locator, Page } from 'playwright-core';

/** A check runs some ten seconds; on a machine that does other things, several times that. */
const JUDGED_MILLIS = 280_000;

export class VerdictModel {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get card(): Locator {
    return this.#page.getByRole('region', { name: 'Verdict', exact: true });
  }

  get gates(): Locator {
    return this.card.getByRole('list', { name: 'Gates' }).getByRole('listitem');
  }

  /** Waits for the verdict of a save and gives its headline. */
  async judged(): Promise<{ title: string; text: string }> {
    const headline = this.card.locator('.verdict-headline:not([data-tone="running"])[data-tone]');
    await headline.waitFor({ timeout: JUDGED_MILLIS });
    return { title: await headline.getByRole('heading').innerText(), text: await headline.innerText() };
  }

  async isRunning(): Promise<void> {
    await this.card.locator('.verdict-headline[data-tone="running"]').waitFor();
  }

  /** `G1: pass` … in order. */
  gateStates(): Promise<string[]> {
    return this.gates.evaluateAll((gates) =>
      gates.map((gate) => `${gate.getAttribute('data-gate')}: ${gate.getAttribute('data-state')}`),
    );
  }
}
