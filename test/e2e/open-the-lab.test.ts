import { expect, test } from 'vitest';
import { labForTests } from './lab-for-tests.ts';
import { LabPage } from './models/lab-page.ts';

const lab = labForTests();

test('while the fleet is built and started, nothing on the page moves away from under the pointer', async () => {
  const page = await lab.visit();
  await page.page.goto(new URL('/explore', lab.served.url).href);
  await page.explore.button('Pause all').click();
  await page.banners.getByText('Everything is paused').waitFor();
  const [places] = await Promise.all([page.placesWhileStarting(), page.explore.button('Resume all').click()]);
  expect(places.progress).toContainEqual(expect.stringMatching(/^Building and starting \w+ …$/));
  expect(places.tops).toEqual([places.tops[0]]);
});

test('the printed link opens the lab once; a second browser reads how to get another one', async () => {
  const first = new LabPage(await (await lab.context()).newPage());
  await first.open(lab.printedLink);
  expect(new URL(first.page.url()).pathname).toBe('/');
  await first.lesson.startButton.waitFor();
  await first.page.reload();
  await first.lesson.startButton.waitFor();

  const second = await (await lab.context()).newPage();
  const answer = await second.goto(lab.printedLink);
  expect(answer?.status()).toBe(401);
  await second.getByRole('heading', { name: 'Flamelab needs its link' }).waitFor();
  const text = await second.locator('body').innerText();
  expect(text).toContain('used before');
  expect(text).toContain('npx flamelab doctor');
  expect(await second.context().cookies()).toEqual([]);
});
