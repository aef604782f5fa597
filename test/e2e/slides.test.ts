import { expect, test } from 'vitest';
import { until } from '../support/run-flamelab.ts';
import { labForTests } from './lab-for-tests.ts';

const lab = labForTests();

test('chapter 1 is read by keyboard: live graph, quiz, terminal, back, reload, its exercise at the end', async () => {
  const learner = await lab.visit();
  const { page, chapter } = learner;
  const { keyboard } = page;
  const heading = (title: string) => chapter.title(title).waitFor();
  const isFocused = (title: string) => chapter.title(title).evaluate((one) => one === document.activeElement);
  await chapter.open('1 · Look');
  await heading('Slow is a symptom, not a place');
  await chapter.figure('Metrics of search').locator('[data-metric="goroutines"] [data-value]').waitFor();

  await keyboard.press('PageDown');
  await heading('A profile counts stacks');
  expect(await isFocused('A profile counts stacks')).toBe(true);
  await keyboard.press('ArrowRight');
  await heading('Sampling: a look now and then');
  expect(new URL(page.url()).search).toBe('?slide=3');

  // Arrows inside a question choose; the slide stays.
  const second = page.getByRole('radio', { name: 'About 300' });
  await learner.tabTo(page.getByRole('radio', { name: 'About 1,000' }));
  await keyboard.press('ArrowRight');
  await page.getByText(/Right\. 10 s × 0\.3 cores/).waitFor();
  expect(await second.isChecked()).toBe(true);
  await heading('Sampling: a look now and then');

  await keyboard.press('ArrowRight');
  await keyboard.press('ArrowRight');
  await heading('Read one that is alive');
  await chapter.graph('CPU of search').waitFor();
  await until(
    async () => Number(await chapter.graph('CPU of search').getAttribute('data-frames')),
    (frames) => frames > 3,
  );

  await page.goBack();
  await heading('From stacks to flames');
  await page.goForward();
  await heading('Read one that is alive');
  await page.reload();
  await heading('Read one that is alive');
  expect(await chapter.place()).toMatch(/^5 of 7/);
  await keyboard.press('Home');
  await keyboard.press('ArrowRight');
  await keyboard.press('ArrowRight');
  await page.getByText(/Right\. 10 s/).waitFor();

  await keyboard.press('End');
  await heading('Now you');
  await keyboard.press('ArrowLeft');
  await heading('The same by hand');
  await page.getByRole('button', { name: 'Run in terminal' }).click();
  await learner.terminal.shows(/go tool pprof -top -nodecount/);
  await learner.terminal.shows(/flat%/);
  // The terminal takes its own keys.
  await learner.terminal.press('Home');
  await heading('The same by hand');

  await chapter.next();
  expect(await chapter.exercise('Read a flame').innerText()).toContain('not started');
  await chapter.exercise('Read a flame').click();
  await learner.lesson.title('Read a flame').waitFor();
  await page.goBack();
  await until(
    () => chapter.exercise('Read a flame').innerText(),
    (text) => text.includes('started') && !text.includes('not started'),
  );
});

test('chapter 2 on one page: each widget of it is alive, and the difference leads to its exercise', async () => {
  const learner = await lab.visit();
  const { page, chapter } = learner;
  await page.getByRole('link', { name: 'Chapters', exact: true }).click();
  await page.getByRole('link', { name: 'The right instrument' }).click();
  await chapter.title('Busy, or waiting?').waitFor();
  await chapter.figure('Metrics of payments').locator('[data-metric="cpu_cores"] [data-value]').waitFor();
  await chapter.next();
  await chapter.showAs('One page');
  expect(new URL(page.url()).search).toBe('?view=page&slide=2');
  await page.getByRole('table').getByRole('cell', { name: 'goroutine', exact: true }).waitFor();
  for (const name of ['CPU of catalog', 'Heap of catalog', 'Alloc bytes of catalog', 'Goroutines of payments'])
    await chapter.graph(name).waitFor();
  await chapter.graph('Block of payments').waitFor();
  // Keys scroll here.
  await page.keyboard.press('End');
  expect(new URL(page.url()).search).toBe('?view=page&slide=2');
  await chapter.figure('Difference of Do less').getByRole('button', { name: 'Do “Do less”' }).click();
  await learner.lesson.title('Do less').waitFor();
});

test('slides that are not there say so and lead to those that are', async () => {
  const learner = await lab.visit();
  const { page } = learner;
  await page.goto(new URL('/chapters/99-%3Cimg%20src=x%20onerror=alert(1)%3E', lab.served.url).href);
  await page.getByText('There are no slides of 99-<img src=x onerror=alert(1)>; there are those of 01-look').waitFor();
  await page.getByRole('button', { name: 'All chapters' }).click();
  await page.getByRole('link', { name: 'What a profile shows' }).waitFor();
});

test('on a phone and on a projector every slide fits the width', async () => {
  for (const [width, height, theme] of [
    [390, 844, 'light'],
    [1_440, 900, 'dark'],
    [1_920, 1_080, 'projector'],
  ] as const) {
    const learner = await lab.visit({ viewport: { width, height } });
    await learner.page.evaluate((name) => localStorage.setItem('flamelab.theme', name), theme);
    for (const [id, steps] of [
      ['01-look', 7],
      ['02-ad-hoc', 9],
    ] as const) {
      await learner.page.goto(new URL(`/chapters/${id}`, lab.served.url).href);
      for (let step = 1; step <= steps; step++) {
        await until(
          () => learner.chapter.place(),
          (place) => place.startsWith(`${step} of ${steps}`),
        );
        expect(await learner.widerThanScreen()).toEqual([]);
        if (step < steps) await learner.chapter.next();
      }
    }
  }
});
