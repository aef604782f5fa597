import { expect, it } from 'vitest';
import { stackSumsFromProfile } from '../../../server/profile/index.ts';
import { createHandClock } from '../../support/hand-clock.ts';
import { drawnProfile, openTestStore, select, sumsAsText, T0 } from './store-fixture.ts';

it('windows are listed and read one by one, oldest first, as they came', async () => {
  const store = await openTestStore();
  await store.append(drawnProfile('main;b {tenant=t} 2 20\nmain;c 1 10', { timeMillis: T0 + 5, requests: 7 }));
  await store.append(drawnProfile('main;a 1 10', { timeMillis: T0, labels: { service: 'other', zone: 'z' } }));
  await store.append(drawnProfile('main;a 5 50', { timeMillis: T0 + 5 }));
  const windows = await store.listWindows(select());
  expect(windows.map(({ labels, atMillis, requests }) => [labels.service, atMillis, requests])).toEqual([
    ['other', T0, null],
    ['search', T0 + 5, 7],
    ['search', T0 + 5, null],
  ]);
  const profiles = await Promise.all(windows.map(({ id }) => store.readWindow(select(), id)));
  expect(profiles.map((profile) => sumsAsText(stackSumsFromProfile(profile, 'cpu')))).toEqual([
    ['main;a 10'],
    ['main;b 20', 'main;c 10'],
    ['main;a 50'],
  ]);
  expect(profiles[1]?.timeNanos).toBe(BigInt(T0 + 5) * 1_000_000n);
  const ofTenant = await store.readWindow(select('{tenant="t"}'), windows[1]?.id ?? 0);
  expect(sumsAsText(stackSumsFromProfile(ofTenant, 'cpu'))).toEqual(['main;b 20']);
});

it('a profile that came pinned outlives its age, from its first moment on and after a restart', async () => {
  const clock = createHandClock(T0);
  const limits = { retentionEveryMillis: 1_000, maxAgeMillis: 10_000 };
  const store = await openTestStore({ clock, limits });
  await store.append({ ...drawnProfile('main;old 1 1', { timeMillis: T0 - 1e9 }), pinned: true });
  await store.append(drawnProfile('main;gone 1 1', { timeMillis: T0 - 1e9 }));
  for (const millis of [1_000, 11_000]) {
    clock.advance(millis);
    await store.pin(select('{service="no such"}'));
  }
  expect(sumsAsText(await store.sumByStack(select(), null))).toEqual(['main;old 1']);
  await store.close();
  const again = await openTestStore({ dir: store.dir, clock, limits });
  clock.advance(1_000);
  await again.pin(select('{service="no such"}'));
  expect(sumsAsText(await again.sumByStack(select(), null))).toEqual(['main;old 1']);
});
