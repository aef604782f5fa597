import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { chooseInstances } from '../../../server/collector/choose-instances.ts';
import { type BuiltPprofServer, buildPprofServer } from '../../support/pprof-server.ts';
import { until } from '../../support/run-flamelab.ts';
import { type Collecting, startCollecting } from './collecting.ts';

let program: BuiltPprofServer;
let collecting: Collecting;

beforeAll(async () => {
  program = await buildPprofServer();
});
afterEach(() => collecting.close());
afterAll(() => program.remove());

const PERIOD_SECONDS = 5;
const NAMES = ['one', 'two'];

test('in each period only the chosen instances are scraped, and each has its turn', async () => {
  const server = await program.start();
  collecting = startCollecting();
  collecting.collector.setSampling({ instances: 0.5, time: 1, periodSeconds: PERIOD_SECONDS });
  for (const name of [...NAMES, 'always']) {
    const labels = { service: name, instance: name };
    collecting.attach(server.url, { name, labels, always: name === 'always', wishes: { kinds: ['heap'] } });
  }
  await until(
    async () => new Set(collecting.windows.map(({ target }) => target)).size,
    (seen) => seen === 3,
  );
  for (const { labels, arrivalMillis } of collecting.entries) {
    const name = labels.instance ?? '';
    if (name === 'always') continue;
    // Of when it was asked for, however long the answer took; a period may end between its turn and the question.
    const chosen = [arrivalMillis, arrivalMillis - 1_000].map((millis) =>
      chooseInstances(NAMES, 0.5, Math.floor(millis / (PERIOD_SECONDS * 1_000))),
    );
    expect(chosen.some((names) => names.has(name))).toBe(true);
  }
  const shown = collecting.collector.targets().filter(({ chosen }) => chosen);
  expect(shown).toHaveLength(2);
  expect(shown.map(({ name }) => name)).toContain('always');
});

test('held back, a target is not scraped; it goes on where its schedule is', async () => {
  const server = await program.start();
  collecting = startCollecting();
  collecting.attach(server.url, { wishes: { kinds: ['heap'], intervalMillis: 1_000 } });
  await collecting.target(({ health }) => health === 'up');
  const loop = collecting.collector.find('mine');
  await loop?.holdBack();
  const count = (name: string) => collecting.windows.filter(({ target }) => target === name).length;
  const before = count('mine');
  // As long as it takes another target of the same interval to bring three.
  collecting.attach(server.url, { name: 'other', wishes: { kinds: ['heap'], intervalMillis: 1_000 } });
  await until(
    async () => count('other'),
    (windows) => windows === 3,
  );
  expect(count('mine')).toBe(before);
  loop?.goOn();
  await until(
    async () => count('mine'),
    (windows) => windows > before,
  );
});
