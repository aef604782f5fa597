import type { Locator, Page } from 'playwright-core';

/** The Explore screen, found by role and name; the timeline by pointing at moments of it, or by keys. */
export class ExploreModel {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get timeline(): Locator {
    return this.#page.getByRole('application', { name: /by service\./ });
  }

  /** What a screen reader hears of the timeline. */
  get spoken(): Locator {
    return this.#page.locator('.brush-timeline > output');
  }

  /** One sentence: what is summed, and when. */
  get says(): Locator {
    return this.#page.locator('.time-says');
  }

  get comparison(): Locator {
    return this.#page.getByRole('region', { name: 'Comparison' });
  }

  /** Which side a view of one side shows. */
  get side(): Locator {
    return this.#page.getByRole('region', { name: 'Side' });
  }

  get changes(): Locator {
    return this.#page.getByRole('region', { name: 'Largest changes' });
  }

  get selector(): Locator {
    return this.#page.getByRole('combobox', { name: /^Selector/ }).first();
  }

  get completions(): Locator {
    return this.#page.getByRole('listbox', { name: 'Completions' }).getByRole('option');
  }

  get problem(): Locator {
    return this.#page.getByRole('alert');
  }

  get live(): Locator {
    return this.#page.getByRole('button', { name: 'Live', exact: true });
  }

  get window(): Locator {
    return this.#page.getByRole('region', { name: 'Window', exact: true });
  }

  get flameGraph(): Locator {
    return this.window.getByRole('region', { name: 'Flame graph' });
  }

  button(name: string): Locator {
    return this.#page.getByRole('button', { name, exact: true });
  }

  get views(): Locator {
    return this.#page.getByRole('radiogroup', { name: 'View' }).getByRole('radio');
  }

  view(name: string): Locator {
    return this.views.and(this.#page.getByRole('radio', { name }));
  }

  /** The row's name, which chooses its service. */
  service(name: string): Locator {
    return this.#page.locator('.brush-timeline-names').getByRole('button', { name });
  }

  /** The parameters of the address. */
  parameters(): Record<string, string> {
    return Object.fromEntries(new URL(this.#page.url()).searchParams);
  }

  /** The value of the root, in the profile's unit, once the picture shows it. */
  async total(): Promise<number> {
    await this.window.and(this.#page.locator('[aria-busy="false"]')).waitFor();
    return Number(await this.flameGraph.getAttribute('data-total'));
  }

  /** Drags over the timeline, whose axis is the given one, from one moment to another. */
  async drag(axis: { from: number; to: number }, from: number, to: number, key?: 'Shift'): Promise<void> {
    const { mouse, keyboard } = this.#page;
    const start = await this.#pointOf(axis, from);
    const end = await this.#pointOf(axis, to);
    if (key) await keyboard.down(key);
    await mouse.move(start.x, start.y);
    await mouse.down();
    await mouse.move((start.x + end.x) / 2, start.y);
    await mouse.move(end.x, end.y);
    await mouse.up();
    if (key) await keyboard.up(key);
  }

  /** Drags and lets go while the page is busy, so that it gets all of it at once. */
  async flick(axis: { from: number; to: number }, from: number, to: number): Promise<void> {
    const { mouse } = this.#page;
    const start = await this.#pointOf(axis, from);
    const end = await this.#pointOf(axis, to);
    await mouse.move(start.x, start.y);
    await this.#page.evaluate(() => {
      setTimeout(() => {
        const until = performance.now() + 1_000;
        while (performance.now() < until);
      });
    });
    await Promise.all([mouse.down(), mouse.move(end.x, end.y), mouse.up()]);
  }

  async click(axis: { from: number; to: number }, at: number, row: string): Promise<void> {
    const { x } = await this.#pointOf(axis, at);
    const box = await this.timeline.locator(`[data-row="${row}"]`).boundingBox();
    if (!box) throw new Error(`the timeline has no row ${row}`);
    await this.#page.mouse.click(x, box.y + box.height / 2);
  }

  async #pointOf(axis: { from: number; to: number }, moment: number): Promise<{ x: number; y: number }> {
    await this.timeline.waitFor();
    const box = await this.timeline.boundingBox();
    if (!box) throw new Error('the timeline is not on screen');
    return { x: box.x + (box.width * (moment - axis.from)) / (axis.to - axis.from), y: box.y + box.height / 2 };
  }
}
