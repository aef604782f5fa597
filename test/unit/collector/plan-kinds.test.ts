import { expect, test } from 'vitest';
import { planKinds } from '../../../server/collector/plan-kinds.ts';
import { DEFAULT_COLLECTOR_SETTINGS } from '../../../server/collector/settings.ts';

const planOf = (wishes: Parameters<typeof planKinds>[1], time: number) =>
  Object.fromEntries(
    planKinds(DEFAULT_COLLECTOR_SETTINGS, wishes, time).map(({ kind, everyMillis, windowMillis }) => [
      kind,
      [everyMillis, windowMillis],
    ]),
  );

test('the default share of the time is the plan of the settings', () => {
  expect(planOf({}, 0.1)).toMatchObject({ cpu: [10_000, 1_000], allocs: [30_000, 5_000], heap: [30_000, 0] });
});

test('another share stretches every interval; a full one is back to back', () => {
  expect(planOf({}, 0.05)).toMatchObject({ cpu: [20_000, 1_000], allocs: [60_000, 5_000], heap: [60_000, 0] });
  expect(planOf({}, 1)).toMatchObject({ cpu: [0, 1_000], allocs: [0, 5_000], heap: [3_000, 0] });
});

test('what a target wishes stands as it is', () => {
  expect(planOf({ intervalMillis: 15_000 }, 1)).toMatchObject({ cpu: [15_000, 1_000], allocs: [15_000, 5_000] });
  expect(planOf({ intervalMillis: 2_000 }, 0.1)).toMatchObject({ cpu: [2_000, 1_000], allocs: [0, 2_000] });
  expect(planOf({ windowMillis: 4_000, kinds: ['cpu', 'heap'] }, 0.1)).toEqual({
    cpu: [10_000, 4_000],
    heap: [30_000, 0],
  });
  expect(planOf({ time: 0.5 }, 0.1)).toMatchObject({ cpu: [2_000, 1_000] });
});

test('a kind of the program’s own is a snapshot', () => {
  expect(planOf({ kinds: ['connections'] }, 0.1)).toEqual({ connections: [30_000, 0] });
});
