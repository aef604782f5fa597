import { expect, test } from 'vitest';
import { createHistoryStore, createNotices } from '../../../../client/state/index.ts';
import { saveWithTwin } from '../../../support/lab-state.ts';

async function openHistory() {
  const saves = [saveWithTwin('one', 1_000), saveWithTwin('three', 3_000), saveWithTwin('two', 2_000)];
  const history = createHistoryStore(
    { listSaves: async () => ({ saves }), restoreSave: async () => null },
    createNotices(),
  );
  await history.load();
  return { history, saves };
}

test('the newest save stands first', async () => {
  const { history } = await openHistory();
  expect(history.store.get().saves.map((save) => save.id)).toEqual(['three', 'two', 'one']);
});

test('of two picked saves the older one is before, whichever was picked first', async () => {
  const { history } = await openHistory();
  history.pick('three');
  expect(history.comparison()).toBeNull();
  history.pick('one');
  expect(history.comparison()).toMatchObject({ before: { id: 'one' }, after: { id: 'three' } });
});

test('a third pick replaces the first; picking again lets go', async () => {
  const { history } = await openHistory();
  for (const id of ['one', 'two', 'three']) history.pick(id);
  expect(history.store.get().picked).toEqual(['two', 'three']);
  history.pick('two');
  expect(history.store.get().picked).toEqual(['three']);
});

test('the current save replaces its older entry; one that is not listed adds nothing', async () => {
  const { history } = await openHistory();
  history.notice({ ...saveWithTwin('two', 2_000), error: 'It panicked.' });
  history.notice(saveWithTwin('unknown', 9_000));
  expect(history.store.get().saves.map(({ id, error }) => [id, error])).toEqual([
    ['three', null],
    ['two', 'It panicked.'],
    ['one', null],
  ]);
});

test('a save that no twin runs for any more can still be compared', async () => {
  const { history } = await openHistory();
  history.notice({ ...saveWithTwin('two', 2_000), twin: null });
  expect(history.store.get().saves.find(({ id }) => id === 'two')?.twin?.id).toBe('t-two');
});
