import { expect, test } from 'vitest';
import { createStore } from '../../../../client/state/index.ts';

test('listeners hear of a change once, and of the same value never', () => {
  const store = createStore({ a: 1 });
  let heard = 0;
  const stop = store.subscribe(() => {
    heard += 1;
  });
  store.patch({ a: 2 });
  store.set(store.get());
  expect(heard).toBe(1);
  stop();
  store.patch({ a: 3 });
  expect(heard).toBe(1);
});

test('a listener that leaves while being told doesn’t keep others from hearing', () => {
  const store = createStore({ a: 1 });
  const heard: string[] = [];
  const stop = store.subscribe(() => {
    heard.push('first');
    stop();
  });
  store.subscribe(() => heard.push('second'));
  store.patch({ a: 2 });
  expect(heard).toEqual(['first', 'second']);
});
