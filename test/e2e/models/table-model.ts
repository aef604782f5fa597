import type { Locator, Page } from 'playwright-core';

export interface Row {
  readonly path: string;
  /** 0..1 of the whole. */
  readonly share: number;
  readonly total: number;
}

/** The tree table: the flame graph's numbers as rows named by stack path. */
export class TableModel {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get grid(): Locator {
    return this.#page.getByRole('treegrid', { name: 'Frames' });
  }

  get rows(): Locator {
    return this.grid.locator('tr[data-path]');
  }

  async search(text: string): Promise<void> {
    await this.#page.getByRole('searchbox', { name: 'Search rows by name' }).fill(text);
  }

  read(): Promise<Row[]> {
    return this.rows.evaluateAll((rows) =>
      rows.map((row) => ({
        path: row.getAttribute('data-path') ?? '',
        share: Number(row.getAttribute('data-share')),
        total: Number(row.getAttribute('data-total')),
      })),
    );
  }

  /** Share of the frame whose stack path ends so; 0 when there is no such frame. */
  async shareOf(pathEnd: string): Promise<number> {
    const rows = await this.read();
    return rows.find((row) => row.path.endsWith(pathEnd))?.share ?? 0;
  }

  /** Leaves a mark on the elements of rows, which stays as long as the row is the same one. */
  async mark(pathEnds: readonly string[]): Promise<void> {
    for (const end of pathEnds) {
      await this.#row(end).evaluate((row) => row.setAttribute('data-marked-by-test', ''));
    }
  }

  async isMarked(pathEnd: string): Promise<boolean> {
    return (await this.#row(pathEnd).getAttribute('data-marked-by-test')) !== null;
  }

  #row(pathEnd: string): Locator {
    return this.grid.locator(`tr[data-path$="${pathEnd}"]`).first();
  }
}
