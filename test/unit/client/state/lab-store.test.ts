import { expect, test } from 'vitest';
import { createLabStore, fleetRunOf, saveOfExercise } from '../../../../client/state/index.ts';
import type { RunView } from '../../../../protocol/index.ts';
import { labStateWith, saveWith } from '../../../support/lab-state.ts';

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
  const lab = labStateWith({ fleet: { paused: false, note: null, runs } });
  expect(fleetRunOf(lab, 'search')?.instance).toBe('new');
  expect(fleetRunOf(lab, 'checkout')).toBeUndefined();
});

test('a save of another exercise is not shown', () => {
  const lab = labStateWith({ save: saveWith({ exercise: 'churn-or-live' }) });
  expect(saveOfExercise(lab, 'read-a-flame')).toBeNull();
  expect(saveOfExercise(lab, 'churn-or-live')?.id).toBe('s1');
});
