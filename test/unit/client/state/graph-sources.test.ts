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
const running = { fleet: { paused: false, note: null, runs: [fleet] } };

test('without a save the fleet’s instance is shown, with nothing before it', () => {
  const sources = graphSources(labStateWith(running), exercise, null);
  expect(sources).toMatchObject({ before: null, after: { instance: 'search-1', fromMillis: null } });
});

test('a save’s twin is compared from its first traffic on', () => {
  const sources = graphSources(labStateWith({ ...running, save: saveWithTwin('s1', 1_000) }), exercise, null);
  expect(sources.before).toMatchObject({ instance: 'base-s1', fromMillis: 1_500 });
  expect(sources.after).toMatchObject({ instance: 'cand-s1', fromMillis: 1_500 });
});

test('two picked saves are compared by their candidates', () => {
  const comparison = { before: saveWithTwin('old', 1_000), after: saveWithTwin('new', 9_000) };
  const sources = graphSources(labStateWith({ ...running, save: saveWithTwin('s9', 20_000) }), exercise, comparison);
  expect([sources.before?.instance, sources.after?.instance]).toEqual(['cand-old', 'cand-new']);
});

test('without an exercise there is nothing to show', () => {
  expect(graphSources(null, null, null)).toEqual({ subject: null, before: null, after: null });
});
