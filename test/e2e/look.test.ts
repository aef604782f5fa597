import { expect, test } from 'vitest';
import { until } from '../support/run-flamelab.ts';
import { labForTests } from './lab-for-tests.ts';

const lab = labForTests();

test('each theme draws the graph in its own colours, and the choice outlives a reload', async () => {
  const learner = await lab.visit();
  await learner.openExercise('Read a flame');
  const inks = new Set<string>();
  for (const theme of ['Light', 'Dark', 'Projector'] as const) {
    await learner.chooseTheme(theme);
    await learner.graph.isDrawn();
    inks.add(
      await until(
        () => learner.graph.rootColour(),
        (colour) => !inks.has(colour),
      ),
    );
  }
  expect(inks.size).toBe(3);
  await learner.page.reload();
  await learner.lesson.title('Read a flame').waitFor();
  expect(await learner.page.locator('html').getAttribute('data-theme')).toBe('projector');
});

test('the flame keeps standing on its root when window and type grow and shrink', async () => {
  const learner = await lab.visit();
  await learner.openExercise('Read a flame');
  await learner.graph.isDrawn();
  for (const [width, height, theme] of [
    [1_920, 1_080, 'Projector'],
    [1_280, 720, 'Projector'],
    [1_280, 720, 'Light'],
    [1_440, 1_000, 'Dark'],
  ] as const) {
    await learner.page.setViewportSize({ width, height });
    await learner.chooseTheme(theme);
    // The picture follows its box in the frame after.
    await until(
      () => learner.graph.pixelsBelow(),
      (pixels) => pixels <= 1,
    );
  }
});

test('the tip beside the pointer is seen whole, also over a picture that is flatter than the tip', async () => {
  const learner = await lab.visit({ viewport: { width: 1_280, height: 640 } });
  await learner.openExercise('Read a flame');
  await learner.graph.isDrawn();
  await learner.graph.peek();
  const tip = learner.page.locator('.flame-tooltip');
  for (const fromRoot of [6, 90]) {
    await learner.graph.pointAt(fromRoot);
    await tip.waitFor();
    const seen = await tip.evaluate((element) => {
      const { top, bottom } = element.getBoundingClientRect();
      const cut = element.closest('.flame-picture, .flame-graph') !== null;
      return !cut && top >= 0 && bottom <= window.innerHeight;
    });
    expect(seen).toBe(true);
  }
});

test('on a phone one panel fills the screen, chosen in the bar at the bottom', async () => {
  const learner = await lab.visit({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  await learner.openExercise('Read a flame');
  const bar = learner.page.getByRole('navigation', { name: 'Panels' });
  for (const panel of ['Code', 'Graph', 'Verdict', 'More', 'Lesson']) {
    await bar.getByRole('button', { name: panel }).tap();
    expect(await learner.widerThanScreen()).toEqual([]);
  }
  await bar.getByRole('button', { name: 'More' }).tap();
  for (const tool of ['Terminal', 'Tests', 'Logs', 'History', 'Fleet']) {
    await learner.page.getByRole('tab', { name: tool }).tap();
    await learner.page.getByRole('tabpanel', { name: tool }).waitFor();
    expect(await learner.widerThanScreen()).toEqual([]);
  }
  await bar.getByRole('button', { name: 'Graph' }).tap();
  await learner.graph.isDrawn();
  const box = await bar.boundingBox();
  expect((box?.y ?? 0) + (box?.height ?? 0)).toBeCloseTo(844, 0);
  const buttons = await bar.getByRole('button').all();
  for (const button of buttons) expect((await button.boundingBox())?.height).toBeGreaterThanOrEqual(44);
});

test('by keyboard alone: into the graph, to a frame, into it and out, to the table and back', async () => {
  const learner = await lab.visit();
  await learner.openExercise('Read a flame');
  await learner.graph.isDrawn();
  await learner.graph.peek();
  await learner.graph.watchMotion();
  const { keyboard } = learner.page;
  await learner.tabTo(learner.graph.picture);
  await keyboard.press('ArrowUp');
  const frame = await learner.graph.facts.locator('strong').innerText();
  await keyboard.press('Enter');
  await until(
    () => learner.graph.crumbs.count(),
    (count) => count === 2,
  );
  expect(frame.endsWith(await learner.graph.crumbs.last().innerText())).toBe(true);
  await until(
    () => learner.graph.hasMoved(),
    (moved) => moved,
  );
  await keyboard.press('Backspace');
  await until(
    () => learner.graph.crumbs.count(),
    (count) => count === 1,
  );

  const shape = learner.graph.panel.getByRole('radiogroup', { name: 'Shown as' });
  await learner.tabTo(shape.getByRole('radio', { name: 'Graph' }), 'Shift+Tab');
  await keyboard.press('ArrowRight');
  await learner.tabTo(learner.table.rows.first());
  await keyboard.press('ArrowDown');
  await learner.page.locator('tr[data-path][aria-level="2"]:focus').waitFor();
  await learner.tabTo(shape.getByRole('radio', { name: 'Table' }), 'Shift+Tab');
  await keyboard.press('ArrowLeft');
  await learner.graph.picture.waitFor();
});

test('who wants less motion gets the picture without the way to it', async () => {
  const learner = await lab.visit({ reducedMotion: 'reduce' });
  await learner.openExercise('Read a flame');
  await learner.graph.isDrawn();
  await learner.graph.watchMotion();
  await learner.graph.picture.press('ArrowUp');
  await learner.graph.picture.press('Enter');
  await until(
    () => learner.graph.crumbs.count(),
    (count) => count === 2,
  );
  await learner.graph.panel.getByRole('radio', { name: 'Heap' }).click();
  await learner.graph.panel.getByRole('radio', { name: 'CPU' }).click();
  await learner.graph.isDrawn();
  expect(await learner.graph.hasMoved()).toBe(false);
});

test('on a phone the menu of exercises is seen whole, and leads to the progress', async () => {
  const learner = await lab.visit({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  await learner.menuButton.tap();
  const menu = await learner.page.getByRole('region', { name: /^Exercises: / }).boundingBox();
  expect(menu && [menu.x >= 0, menu.x + menu.width <= 390]).toEqual([true, true]);
  await learner.page.getByRole('link', { name: 'Progress and proofs' }).tap();
  await learner.progress
    .card('Read a flame')
    .getByRole('button', { name: /Read a flame$/ })
    .waitFor();
  expect(await learner.widerThanScreen()).toEqual([]);
});
