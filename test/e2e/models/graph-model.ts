import type { Locator, Page } from 'playwright-core';

/** The flame graph on its canvas: found by pointing at it, as with a hand, or by keys. */
export class GraphModel {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get panel(): Locator {
    return this.#page.getByRole('region', { name: 'Profile', exact: true });
  }

  get graph(): Locator {
    return this.panel.getByRole('region', { name: 'Flame graph' });
  }

  /** What takes the keys. */
  get picture(): Locator {
    return this.graph.getByRole('application');
  }

  get facts(): Locator {
    return this.graph.locator('.flame-facts');
  }

  /** The newest values beside the strips of metrics. */
  get stripValues(): Locator {
    return this.panel.locator('.metric-values');
  }

  get crumbs(): Locator {
    return this.graph.getByRole('navigation', { name: 'Zoom' }).getByRole('button');
  }

  /** One of the row that the graph is switched with. */
  instrument(title: string): Locator {
    return this.panel.getByRole('radiogroup', { name: 'Instrument' }).getByRole('radio', { name: title });
  }

  /** Waits until a picture with frames of the running service is drawn. */
  async isDrawn(): Promise<void> {
    await this.#page.waitForFunction(() => {
      const graph = document.querySelector<HTMLElement>('.flame-graph');
      return Number(graph?.dataset.frames) > 10 && Number(graph?.dataset.drawn) > 10;
    });
  }

  async isStill(): Promise<void> {
    await this.graph.and(this.#page.locator('[data-morphing="false"]')).waitFor();
  }

  /** Moves over the picture, row by row, until the tip names the frame; there it clicks. False: it isn't wide enough now. */
  async clickFrame(name: string): Promise<boolean> {
    const box = await this.picture.boundingBox();
    if (!box) return false;
    const tip = this.#page.locator('.flame-tooltip-name');
    for (let y = box.y + box.height - 6; y > box.y; y -= 16) {
      for (let x = box.x + 4; x < box.x + box.width; x += 36) {
        await this.#page.mouse.move(x, y);
        if ((await tip.count()) === 0 || (await tip.textContent({ timeout: 1_000 }).catch(() => null)) !== name)
          continue;
        await this.#page.mouse.click(x, y);
        return true;
      }
    }
    return false;
  }

  /** Moves over the middle of the picture, so many pixels above its lower end. */
  async pointAt(fromRoot: number): Promise<void> {
    const box = await this.picture.boundingBox();
    if (box) await this.#page.mouse.move(box.x + box.width / 2, box.y + box.height - fromRoot);
  }

  /** The colour of the root's row, at its right end where no text stands. */
  rootColour(): Promise<string> {
    return this.graph.locator('canvas').evaluate((canvas) => {
      if (!(canvas instanceof HTMLCanvasElement)) throw new Error('the picture has no canvas');
      const pixel = canvas.getContext('2d')?.getImageData(canvas.width - 40, canvas.height - 8, 1, 1).data;
      return String(pixel);
    });
  }

  /** How much of the picture lies below what is seen of it, once the page has had time to lay itself out. */
  pixelsBelow(): Promise<number> {
    return this.picture.evaluate(async (scroller) => {
      for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
      return scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;
    });
  }

  /** From now on a picture on its way to another one is noted. */
  async watchMotion(): Promise<void> {
    await this.graph.evaluate((graph) => {
      new MutationObserver(() => {
        if (graph instanceof HTMLElement && graph.dataset.morphing === 'true') document.body.dataset.moved = 'true';
      }).observe(graph, { attributes: true, attributeFilter: ['data-morphing'] });
    });
  }

  async hasMoved(): Promise<boolean> {
    return (await this.#page.locator('body[data-moved]').count()) > 0;
  }

  /** Numbers without predicting first. */
  async peek(): Promise<void> {
    await this.panel.getByRole('button', { name: 'Show numbers' }).click();
  }

  async showAs(shape: 'Graph' | 'Table'): Promise<void> {
    await this.panel.getByRole('radio', { name: shape }).click();
  }

  async showSide(side: 'Before' | 'Live' | 'After' | 'Difference'): Promise<void> {
    await this.panel.getByRole('radio', { name: side }).click();
  }

  async showKind(kind: string): Promise<void> {
    await this.panel.getByRole('radio', { name: kind, exact: true }).click();
  }
}
