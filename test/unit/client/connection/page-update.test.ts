import { expect, test } from 'vitest';
import { createPageUpdate } from '../../../../client/connection/index.ts';

function memory() {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => {
      kept.set(key, value);
    },
  };
}

test('the same protocol changes nothing', () => {
  let reloads = 0;
  const update = createPageUpdate(() => reloads++, memory(), 1);
  expect(update.check(1)).toBe('same');
  expect(reloads).toBe(0);
});

test('another protocol reloads the page once; when that did not help, it says so instead of reloading for ever', () => {
  let reloads = 0;
  const kept = memory();
  expect(createPageUpdate(() => reloads++, kept, 1).check(2)).toBe('reloading');
  expect(createPageUpdate(() => reloads++, kept, 1).check(2)).toBe('stuck');
  expect(reloads).toBe(1);
  expect(createPageUpdate(() => reloads++, kept, 1).check(3)).toBe('reloading');
  expect(reloads).toBe(2);
});
