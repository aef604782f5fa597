import type { Locator, Page } from 'playwright-core';

/** The slides of a chapter. */
export class ChapterModel {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** By the link beside the chapter in the menu of exercises. */
  async open(chapter: string): Promise<void> {
    await this.#page.getByRole('button', { name: /^Exercises: / }).click();
    await this.#page.getByRole('link', { name: `Slides of ${chapter}` }).click();
    await this.#page.getByRole('region', { name: 'Slide', exact: true }).waitFor();
  }

  title(title: string): Locator {
    return this.#page.getByRole('heading', { level: 2, name: title });
  }

  /** "3 of 7", as it is said after each step. */
  place(): Promise<string> {
    return this.#page.getByRole('navigation', { name: 'Slides' }).getByRole('status').innerText();
  }

  async next(): Promise<void> {
    await this.#page.getByRole('button', { name: 'Next slide' }).click();
  }

  async showAs(view: 'Slides' | 'One page'): Promise<void> {
    await this.#page.getByRole('radiogroup', { name: 'Shown as' }).getByRole('radio', { name: view }).click();
  }

  /** A flame graph with frames in it: "CPU of search". */
  graph(name: string): Locator {
    return this.#page.getByRole('figure', { name }).locator('.flame-graph:not([data-frames="0"])');
  }

  figure(name: string): Locator {
    return this.#page.getByRole('figure', { name });
  }

  /** An exercise at the chapter's end. */
  exercise(title: string): Locator {
    return this.#page.locator('main').getByRole('listitem').getByRole('button', { name: title });
  }
}
