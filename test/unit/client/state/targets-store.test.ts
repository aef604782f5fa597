import { expect, test } from 'vitest';
import { createNotices } from '../../../../client/state/notices.ts';
import { createTargetsStore } from '../../../../client/state/targets-store.ts';
import { DEFAULT_SAMPLING, type Target } from '../../../../protocol/index.ts';
import { createHandClock } from '../../../support/hand-clock.ts';

const target = (name: string, health: Target['health'], kinds: string[] = []) =>
  ({ name, health, kindHealth: kinds.map((state) => ({ state })) }) as Target;
const orders = target('orders', 'up');
const settle = () => new Promise((resolve) => setImmediate(resolve));

function open(refuse = false, listed: Target[] = [orders]) {
  const clock = createHandClock();
  const asked: string[] = [];
  const api = {
    readTargets: async () => {
      asked.push('read');
      return { targets: listed, sampling: DEFAULT_SAMPLING };
    },
    attachTarget: async () => {
      if (refuse) throw new Error('nothing there');
      return orders;
    },
    removeTarget: async (name: string) => asked.push(`remove ${name}`),
    measureOverhead: async (name: string) => asked.push(`measure ${name}`),
    setSampling: async (change: object) => ({ ...DEFAULT_SAMPLING, ...change }),
  };
  const notices = createNotices(clock);
  return { clock, asked, notices, targets: createTargetsStore(api, notices, clock) };
}

test('while it is watched the list is read again and again, and not after that', async () => {
  const { targets, clock, asked } = open();
  const stop = targets.watch();
  await settle();
  expect(targets.store.get()).toMatchObject({ targets: [orders], sampling: DEFAULT_SAMPLING });
  clock.advance(3_000);
  await settle();
  expect(asked).toEqual(['read', 'read']);
  stop();
  clock.advance(60_000);
  await settle();
  expect(asked).toHaveLength(2);
});

test('a refusal stands in the state for the form, and goes with the next try', async () => {
  const { targets } = open(true);
  expect(await targets.attach({ url: 'http://127.0.0.1:1' })).toBe(false);
  expect(targets.store.get()).toMatchObject({ refusal: 'nothing there', attaching: false });
  const next = targets.attach({ url: 'http://127.0.0.1:1' });
  expect(targets.store.get()).toMatchObject({ refusal: null, attaching: true });
  await next;
});

test('what is attached is told and listed', async () => {
  const { targets, notices, asked } = open();
  expect(await targets.attach({ url: 'http://127.0.0.1:1' })).toBe(true);
  expect(notices.store.get().notices[0]?.text).toContain('orders is attached');
  expect(asked).toEqual(['read']);
});

test('what fails is listed first, then what fails in some kind', async () => {
  const listed = [
    orders,
    target('cart', 'up', ['up', 'failing']),
    target('till', 'backing-off'),
    target('pay', 'paused'),
  ];
  const { targets } = open(false, listed);
  const stop = targets.watch();
  await settle();
  expect(targets.store.get().targets?.map(({ name }) => name)).toEqual(['till', 'cart', 'orders', 'pay']);
  stop();
});
