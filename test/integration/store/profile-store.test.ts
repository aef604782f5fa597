import { describe, expect, it } from 'vitest';
import { drawnProfile, openTestStore, select, sumsAsText, T0 } from './store-fixture.ts';

/** Each question is asked of memory and, after opening again, of the file: the answers are the same. */
async function answeredTwice<T>(
  profiles: readonly ReturnType<typeof drawnProfile>[],
  ask: (store: Awaited<ReturnType<typeof openTestStore>>) => Promise<T>,
): Promise<T> {
  const first = await openTestStore();
  for (const profile of profiles) await first.append(profile);
  const fromMemory = await ask(first);
  await first.close();
  const second = await openTestStore({ dir: first.dir });
  expect(await ask(second)).toEqual(fromMemory);
  return fromMemory;
}

describe('ProfileStore', () => {
  it('sums stacks by path of functions, inlined ones expanded, over profiles and builds', async () => {
    const profiles = [
      drawnProfile('main;work;sort+less 1 10\nmain;idle 2 20', { timeMillis: T0 }),
      drawnProfile('main;work;sort+less 3 30', { timeMillis: T0 + 1_000, base: 0x1000n }),
    ];
    const sums = await answeredTwice(profiles, (store) => store.sumByStack(select(), null));
    expect(sumsAsText(sums)).toEqual(['main;idle 20', 'main;work;sort;less 40']);
    expect(sums.type).toEqual({ type: 'cpu', unit: 'nanoseconds' });
    expect(sums.window).toEqual({
      from: T0,
      to: T0 + 2_000,
      profiles: 2,
      requests: null,
      durationNanos: 2_000_000_000n,
    });
  });
});
