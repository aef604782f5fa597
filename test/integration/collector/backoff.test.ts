import { afterEach, expect, test } from 'vitest';
import { writeProfile } from '../../../server/profile/index.ts';
import { createHandClock } from '../../support/hand-clock.ts';
import { profileFromText } from '../../support/profile-from-text.ts';
import { until } from '../../support/run-flamelab.ts';
import { serveHttp, startCollecting } from './collecting.ts';

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
});

const PROFILE = writeProfile(profileFromText('main.main;main.serve 10'));
const INTERVAL_MILLIS = 1_000;
const FIRST_BACKOFF_MILLIS = 50;

/** A target with two kinds, each of which fails while it is in `broken`; time stands still but for `advance`. */
async function attach(broken: Set<string>, backoffMillis = { first: FIRST_BACKOFF_MILLIS, most: 10_000 }) {
  const asked: string[] = [];
  const server = await serveHttp((request, response) => {
    const kind = request.url?.split('/').at(-1) ?? '';
    asked.push(kind);
    if (broken.has(kind)) response.writeHead(500).end('out of order');
    else response.end(PROFILE);
  });
  const clock = createHandClock();
  const collecting = startCollecting(clock, backoffMillis);
  opened.push(server, collecting);
  collecting.attach(server.url, { wishes: { kinds: ['heap', 'goroutine'], intervalMillis: INTERVAL_MILLIS } });
  const count = (kind: string) => asked.filter((one) => one === kind).length;
  return {
    count,
    /** Moves the clock and waits until this kind has been asked once more and its loop has said what it saw. */
    async advance(millis: number, kind: string) {
      const before = count(kind);
      clock.advance(millis);
      await until(
        async () => count(kind),
        (times) => times > before,
      );
      await collecting.target(({ kindHealth }) => {
        const one = kindHealth.find((health) => health.kind === kind);
        return broken.has(kind) === (one?.state === 'failing') && (one?.retryMillis ?? Infinity) > clock.now();
      });
    },
    target: collecting.target,
  };
}

test('a kind that never works is not tried again because the others work', async () => {
  const hour = 3_600_000;
  const { count, advance, target } = await attach(new Set(['heap']), { first: hour, most: hour });
  await target(({ kindHealth }) => kindHealth.every(({ state }) => state !== 'waiting'));
  for (let turn = 0; turn < 3; turn++) await advance(INTERVAL_MILLIS, 'goroutine');
  expect([count('goroutine'), count('heap')]).toEqual([4, 1]);
});

test('a kind that works again wakes the others from their longer waits', async () => {
  const broken = new Set<string>();
  const { advance, target } = await attach(broken);
  await target(({ kindHealth }) => kindHealth.every(({ windows }) => windows === 1));
  broken.add('goroutine');
  await advance(INTERVAL_MILLIS, 'goroutine');
  await advance(FIRST_BACKOFF_MILLIS, 'goroutine');
  await advance(2 * FIRST_BACKOFF_MILLIS, 'goroutine');
  await advance(4 * FIRST_BACKOFF_MILLIS, 'goroutine');
  // It waits 400 ms now. The other kind fails once and is back after 50 ms.
  broken.add('heap');
  await advance(INTERVAL_MILLIS - 7 * FIRST_BACKOFF_MILLIS, 'heap');
  broken.clear();
  await advance(FIRST_BACKOFF_MILLIS, 'heap');
  await target(({ kindHealth }) => kindHealth.every(({ state }) => state === 'up'));
});
