import { expect, test } from 'vitest';
import { createLabStore, fleetRunOf, isGoMissing, saveOfExercise } from '../../../../client/state/index.ts';
import type { RunView } from '../../../../protocol/index.ts';
import { labStateWith, saveWith, saveWithTwin } from '../../../support/lab-state.ts';

const run = (instance: string, state: RunView['state'], role: RunView['role'] = 'fleet'): RunView => ({
  run: instance,
  service: 'search',
  instance,
  version: 'v',
  role,
  state,
  reason: null,
});

test('a state that is not newer is dropped', () => {
  const lab = createLabStore();
  expect(lab.receive(labStateWith({ revision: 5 }))).toBe('newer');
  expect(lab.receive(labStateWith({ revision: 5, exercise: 'other' }))).toBe('stale');
  expect(lab.receive(labStateWith({ revision: 4, exercise: 'other' }))).toBe('stale');
  expect(lab.store.get().lab?.exercise).toBe('read-a-flame');
  expect(lab.receive(labStateWith({ revision: 6, exercise: 'other' }))).toBe('newer');
  expect(lab.store.get().lab?.exercise).toBe('other');
});

test('another server starts over, though its revisions are smaller', () => {
  const lab = createLabStore();
  lab.receive(labStateWith({ revision: 50 }));
  expect(lab.receive(labStateWith({ server: 'server-b', revision: 1 }))).toBe('restarted');
  expect(lab.receive(labStateWith({ server: 'server-b', revision: 2 }))).toBe('newer');
});

test('what was last known stays while the connection is lost', () => {
  const lab = createLabStore();
  lab.receive(labStateWith());
  lab.setConnection('lost');
  expect(lab.store.get()).toMatchObject({ connection: 'lost', lab: { server: 'server-a' } });
});

test('the fleet’s own instance that answers is preferred; twins don’t count', () => {
  const runs = [run('twin', 'up', 'twin'), run('old', 'failed'), run('new', 'up')];
  const lab = labStateWith({ fleet: { paused: false, note: null, progress: null, runs } });
  expect(fleetRunOf(lab, 'search')?.instance).toBe('new');
  expect(fleetRunOf(lab, 'checkout')).toBeUndefined();
});

test('a save of another exercise is not shown', () => {
  const lab = labStateWith({ save: saveWith({ exercise: 'churn-or-live' }) });
  expect(saveOfExercise(lab, 'read-a-flame')).toBeNull();
  expect(saveOfExercise(lab, 'churn-or-live')?.id).toBe('s1');
});

test('the last twin stays while a later save is on its way or failed, and goes with the exercise', () => {
  const lab = createLabStore();
  const twin = () => lab.store.get().twin?.id;
  lab.receive(labStateWith({ revision: 1, save: saveWithTwin('good', 1_000) }));
  lab.receive(labStateWith({ revision: 2, save: saveWith({ id: 'broken' }) }));
  expect(twin()).toBe('t-good');
  lab.receive(labStateWith({ revision: 3, save: saveWithTwin('next', 2_000) }));
  expect(twin()).toBe('t-next');
  lab.receive(labStateWith({ revision: 4, exercise: 'other', save: saveWith({ exercise: 'other' }) }));
  expect(twin()).toBeUndefined();
});

test('after a reset there is no twin any more', () => {
  const lab = createLabStore();
  lab.receive(labStateWith({ revision: 1, save: saveWithTwin('good', 1_000) }));
  lab.receive(labStateWith({ revision: 2, save: null }));
  expect(lab.store.get().twin).toBeNull();
});

test('Go is missing once it was looked for, not before', () => {
  expect(isGoMissing(undefined)).toBe(false);
  expect(isGoMissing({ ok: false, version: null, message: 'Looking for Go …' })).toBe(false);
  expect(isGoMissing({ ok: false, version: null, message: 'Go was not found: install it' })).toBe(true);
  expect(isGoMissing({ ok: true, version: 'go1.26.8', message: null })).toBe(false);
});
