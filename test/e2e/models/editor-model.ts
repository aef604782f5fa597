import type { Locator, Page } from 'playwright-core';

type Stage = 'Write' | 'gofmt' | 'Build' | 'Start' | 'Traffic' | 'First frames';

/** The editor with what the lab says about a save. */
export class EditorModel {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get panel(): Locator {
    return this.#page.getByRole('region', { name: 'Code', exact: true });
  }

  get content(): Locator {
    return this.panel.locator('.cm-content');
  }

  /** "Saved", "Not saved", … */
  get state(): Locator {
    return this.panel.getByRole('status');
  }

  get problems(): Locator {
    return this.panel.getByRole('region', { name: 'Compile errors' });
  }

  get failure(): Locator {
    return this.#page.getByRole('alert', { name: 'What stopped the save' });
  }

  /** How far the first line is below the box's upper edge, and the box's part of the panel's height. */
  failurePlace(): Promise<{ above: number; share: number }> {
    return this.failure.evaluate((box) => {
      const { top, height } = box.getBoundingClientRect();
      const first = box.querySelector('strong')?.getBoundingClientRect().top ?? Number.NaN;
      return { above: first - top, share: height / (box.parentElement?.clientHeight ?? 0) };
    });
  }

  get gutterMark(): Locator {
    return this.panel.locator('.cm-gutter-lint .cm-lint-marker-error');
  }

  get conflict(): Locator {
    return this.panel.getByRole('alert', { name: 'Version conflict' });
  }

  async isShowing(path: string): Promise<void> {
    await this.panel.locator(`.code-editor[data-path="${path}"]`).waitFor();
  }

  /** Replaces the whole text by typing over it. */
  async type(text: string): Promise<void> {
    await this.content.click();
    await this.#page.keyboard.press('ControlOrMeta+a');
    await this.#page.keyboard.insertText(text);
    await this.state.filter({ hasText: 'Not saved' }).waitFor();
  }

  async save(): Promise<void> {
    await this.content.press('ControlOrMeta+s');
  }

  stage(name: Stage): Locator {
    return this.#page.getByRole('region', { name: 'What became of your save' }).getByRole('listitem', { name });
  }

  /** Waits until a stage of the save is over: `Build: done, 612 ms`. */
  async stageDone(name: Stage): Promise<string> {
    const done = this.#page.getByRole('listitem', { name: new RegExp(`^${name}: done`) });
    await done.waitFor();
    return (await done.getAttribute('aria-label')) ?? '';
  }
}
