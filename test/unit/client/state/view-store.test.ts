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

test('a tool that is asked for comes to the front of a narrow screen, too; what the lab offers does not', () => {
  const view = createViewStore();
  view.showPhone('code');
  view.showBottom('logs');
  expect(view.store.get()).toMatchObject({ bottom: 'logs', phone: 'more', tool: 'logs' });
  view.offerBottom('verdict');
  expect(view.store.get()).toMatchObject({ bottom: 'verdict', phone: 'more', tool: 'logs' });
  view.showBottom('verdict');
  expect(view.store.get()).toMatchObject({ bottom: 'verdict', phone: 'verdict', tool: 'logs' });
});
