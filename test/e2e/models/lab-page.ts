import type { Locator, Page } from 'playwright-core';
import { ChapterModel } from './chapter-model.ts';
import { EditorModel } from './editor-model.ts';
import { ExploreModel } from './explore-model.ts';
import { GraphModel } from './graph-model.ts';
import { HistoryModel } from './history-model.ts';
import { LessonModel } from './lesson-model.ts';
import { ProgressModel } from './progress-model.ts';
import { TableModel } from './table-model.ts';
import { TerminalModel } from './terminal-model.ts';
import { TrafficModel } from './traffic-model.ts';
import { VerdictModel } from './verdict-model.ts';

type Tool = 'Verdict' | 'Terminal' | 'Tests' | 'Logs' | 'History' | 'Fleet';

/** Long enough for a busy machine; a wait that takes longer says what it waited for. */
const PATIENCE = 120_000;

/** The lab in one tab of a browser, as a learner sees it: found by role and name wherever there is one. */
export class LabPage {
  readonly page: Page;
  /** What must never happen on a page: uncaught errors, refusals by the CSP, dialogs. */
  readonly problems: string[] = [];
  readonly chapter: ChapterModel;
  readonly lesson: LessonModel;
  readonly editor: EditorModel;
  readonly explore: ExploreModel;
  readonly graph: GraphModel;
  readonly progress: ProgressModel;
  readonly table: TableModel;
  readonly verdict: VerdictModel;
  readonly terminal: TerminalModel;
  readonly history: HistoryModel;
  readonly traffic: TrafficModel;

  constructor(page: Page) {
    this.page = page;
    page.setDefaultTimeout(PATIENCE);
    this.chapter = new ChapterModel(page);
    this.lesson = new LessonModel(page);
    this.editor = new EditorModel(page);
    this.explore = new ExploreModel(page);
    this.graph = new GraphModel(page);
    this.progress = new ProgressModel(page);
    this.table = new TableModel(page);
    this.verdict = new VerdictModel(page);
    this.terminal = new TerminalModel(page);
    this.history = new HistoryModel(page);
    this.traffic = new TrafficModel(page);
    this.#watch();
  }

  async open(link: string): Promise<void> {
    await this.page.goto(link);
    await this.menuButton.waitFor();
  }

  get menuButton(): Locator {
    return this.page.getByRole('button', { name: /^Exercises: / });
  }

  get banners(): Locator {
    return this.page.locator('.banner');
  }

  /** While the fleet starts next, and right after: what the page says about it, and the places, in pixels from the top, where its content begins. */
  placesWhileStarting(): Promise<{ progress: string[]; tops: number[] }> {
    return this.page.evaluate(
      () =>
        new Promise((resolve) => {
          const progress = new Set<string>();
          const tops = new Set<number>();
          const look = () => {
            const text = document.querySelector('.top-bar-progress')?.textContent ?? '';
            const top = document.querySelector('main')?.getBoundingClientRect().top;
            if (text !== '') progress.add(text);
            if (top !== undefined && progress.size > 0) tops.add(top);
            if (text === '' && progress.size > 0) return resolve({ progress: [...progress], tops: [...tops] });
            requestAnimationFrame(look);
          };
          look();
        }),
    );
  }

  /** Chooses an exercise in the menu and waits until its lesson and its file are there. */
  async openExercise(title: string): Promise<void> {
    await this.menuButton.click();
    const menu = this.page.getByRole('region', { name: /^Exercises: / });
    await menu.getByRole('button', { name: title }).click();
    await this.lesson.title(title).waitFor();
  }

  /** The menu's entry of an exercise, with its progress as it says it. */
  async progressOf(title: string): Promise<string> {
    await this.menuButton.click();
    const entry = this.page.getByRole('region', { name: /^Exercises: / }).getByRole('button', { name: title });
    const text = await entry.innerText();
    await this.page.keyboard.press('Escape');
    return text;
  }

  async showTool(tool: Tool): Promise<void> {
    await this.page.getByRole('tab', { name: tool }).click();
  }

  async chooseTheme(theme: 'Light' | 'Dark' | 'Projector'): Promise<void> {
    await this.page.getByRole('radiogroup', { name: 'Theme' }).getByRole('radio', { name: theme }).click();
  }

  /** Goes from stop to stop until the element has the focus. */
  async tabTo(element: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    await element.waitFor();
    do await this.page.keyboard.press(key);
    while (!(await element.evaluate((one) => one === document.activeElement)));
  }

  /** Class names of what sticks out at the right of the screen, save inside something that scrolls sideways. */
  widerThanScreen(): Promise<string[]> {
    return this.page.evaluate(() => {
      const scrolls = (element: Element | null): boolean =>
        element !== null && (getComputedStyle(element).overflowX !== 'visible' || scrolls(element.parentElement));
      return [...document.querySelectorAll('main *')]
        .filter((element) => element.getBoundingClientRect().right > window.innerWidth + 1)
        .filter((element) => !scrolls(element.parentElement))
        .map((element) => element.className.toString());
    });
  }

  notice(text: string | RegExp): Locator {
    return this.page.locator('.notice', { hasText: text });
  }

  #watch(): void {
    this.page.on('pageerror', (error) => this.problems.push(`uncaught: ${error.message}`));
    this.page.on('dialog', (dialog) => {
      this.problems.push(`dialog: ${dialog.type()} ${dialog.message()}`);
      void dialog.dismiss();
    });
    this.page.on('console', (message) => {
      // The browser notes every answer that is not 2xx; which ones are right is up to the tests.
      const isAnswer = message.text().startsWith('Failed to load resource');
      if (message.type() === 'error' && !isAnswer) this.problems.push(`console: ${message.text()}`);
    });
  }
}
