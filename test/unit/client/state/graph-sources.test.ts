import { expect, test } from 'vitest';
import { graphSources } from '../../../../client/state/index.ts';
import type { RunView } from '../../../../protocol/index.ts';
import { labStateWith, saveWithTwin } from '../../../support/lab-state.ts';

const exercise = { slug: 'read-a-flame', service: 'search' };
const fleet: RunView = {
  run: 'r1',
  service: 'search',
  instance: 'search-1',
  version: 'v0',
  role: 'fleet',
  state: 'up',
  reason: null,
};
const running = { fleet: { paused: false, note: null, progress: null, runs: [fleet] } };

test('without a save the fleet’s instance is shown, with nothing before it', () => {
  const sources = graphSources({ lab: labStateWith(running), twin: null }, exercise, null);
  expect(sources).toMatchObject({ before: null, after: { instance: 'search-1', fromMillis: null } });
});

test('a save’s twin is compared from its first traffic on', () => {
  const { twin } = saveWithTwin('s1', 1_000);
  const sources = graphSources({ lab: labStateWith(running), twin }, exercise, null);
  expect(sources.before).toMatchObject({ instance: 'base-s1', fromMillis: 1_500 });
  expect(sources.after).toMatchObject({ instance: 'cand-s1', fromMillis: 1_500 });
});

test('two picked saves are compared by their candidates', () => {
  const comparison = { before: saveWithTwin('old', 1_000), after: saveWithTwin('new', 9_000) };
  const { twin } = saveWithTwin('s9', 20_000);
  const sources = graphSources({ lab: labStateWith(running), twin }, exercise, comparison);
  expect([sources.before?.instance, sources.after?.instance]).toEqual(['cand-old', 'cand-new']);
  expect(sources.before?.savedAt).toBe(new Date(1_000).toLocaleTimeString('en-GB'));
  expect(sources.after?.title).toBe(`the save of ${new Date(9_000).toLocaleTimeString('en-GB')}`);
});

test('without an exercise there is nothing to show', () => {
  expect(graphSources({ lab: null, twin: null }, null, null)).toEqual({ subject: null, before: null, after: null });
});

test('an exercise that starts from other files is shown by its own baseline', () => {
  const own: RunView = { ...fleet, run: 'r2', instance: 'read-a-flame-baseline', role: 'twin' };
  const lab = labStateWith({ fleet: { paused: false, note: null, progress: null, runs: [fleet, own] } });
  expect(graphSources({ lab, twin: null }, exercise, null).after?.instance).toBe('read-a-flame-baseline');
});
