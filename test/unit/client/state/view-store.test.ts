import { expect, test } from 'vitest';
import { createViewStore } from '../../../../client/state/view-store.ts';

test('what the lab offers comes to the front, but not over what the user is at work in', () => {
  const view = createViewStore();
  view.showBottom('terminal');
  view.holdBottom(true);
  view.offerBottom('verdict');
  expect(view.store.get().bottom).toBe('terminal');
  view.showBottom('logs');
  expect(view.store.get().bottom).toBe('logs');
  view.holdBottom(false);
  view.offerBottom('verdict');
  expect(view.store.get().bottom).toBe('verdict');
});
