import { expect, test } from 'vitest';
import { runOptions } from '../../../../client/fleet/run-options.ts';
import type { RunView } from '../../../../protocol/index.ts';

const NEW = '3fa9c1d2e4f5';
const OLD = '77ab01fe9c00';

/** In the order of their start; `run` is the place in it. */
function runsOf(...rows: [service: string, instance: string, RunView['role'], RunView['state'], version?: string][]) {
  return rows.map(([service, instance, role, state, version = OLD], index): RunView => {
    return { run: `r${index}`, service, instance, version, role, state, reason: null };
  });
}

test('one save and its verdict: its runs of two names, each said in its own words, newest first', () => {
  const runs = runsOf(
    ['search', 'search-1', 'fleet', 'up'],
    ['feed', 'feed-1', 'fleet', 'up'],
    ['search', 'read-s1', 'twin', 'up', NEW],
    ['search', 'read-s1', 'twin', 'stopped', NEW],
    ['search', 'search-1', 'twin', 'stopped'],
    ['search', 'read-s1', 'twin', 'stopped', NEW],
    ['search', 'read-reference', 'twin', 'up'],
  );
  expect(runOptions(runs, 'search')).toEqual([
    {
      service: 'search',
      options: [
        { run: 'r6', label: 'read-reference · check · build 77ab01fe · up' },
        { run: 'r5', label: 'read-s1 · check 2 · build 3fa9c1d2 · stopped' },
        { run: 'r4', label: 'search-1 · check · build 77ab01fe · stopped' },
        { run: 'r3', label: 'read-s1 · check 1 · build 3fa9c1d2 · stopped' },
        { run: 'r2', label: 'read-s1 · twin · build 3fa9c1d2 · up' },
        { run: 'r0', label: 'search-1 · fleet · build 77ab01fe · up' },
      ],
    },
    { service: 'feed', options: [{ run: 'r1', label: 'feed-1 · fleet · build 77ab01fe · up' }] },
  ]);
});

test('the fleet’s own runs before and after a pause are numbered', () => {
  const runs = runsOf(['search', 'search-1', 'fleet', 'stopped'], ['search', 'search-1', 'fleet', 'up']);
  expect(runOptions(runs)[0]?.options.map(({ label }) => label)).toEqual([
    'search-1 · fleet 2 · build 77ab01fe · up',
    'search-1 · fleet 1 · build 77ab01fe · stopped',
  ]);
});

test('an exercise’s own baseline and what a service calls are called so; the service asked for stands first', () => {
  const runs = runsOf(
    ['payments', 'checkout-1-payments', 'support', 'up'],
    ['checkout', 'slow-baseline', 'twin', 'up'],
    ['checkout', 'slow-baseline', 'twin', 'failed'],
  );
  expect(runOptions(runs, 'checkout').flatMap(({ options }) => options.map(({ label }) => label))).toEqual([
    'slow-baseline · check · build 77ab01fe · failed',
    'slow-baseline · baseline · build 77ab01fe · up',
    'checkout-1-payments · called by checkout-1 · build 77ab01fe · up',
  ]);
});

test('no two entries are the same, whatever ran', () => {
  const runs = runsOf(
    ['search', 'search-1', 'fleet', 'stopped'],
    ['search', 'search-1', 'twin', 'stopped'],
    ['search', 'search-1', 'fleet', 'stopped'],
    ['search', 'search-1', 'twin', 'stopped'],
  );
  const labels = runOptions(runs)[0]?.options.map(({ label }) => label) ?? [];
  expect(new Set(labels).size).toBe(4);
});
