import { expect, it } from 'vitest';
import { findFamily, type ProcessRow } from '../../../server/terminal/find-family.ts';

const row = (pid: number, parent: number, more: Partial<ProcessRow> = {}): ProcessRow => ({
  pid,
  parent,
  group: 'other',
  started: `s${pid}`,
  isMarked: false,
  ...more,
});
const found = (rows: ProcessRow[], seen: [number, string][] = [], group: string | null = '10') =>
  findFamily(rows, { shell: 10, group, seen: new Map(seen) })
    .map(({ pid }) => pid)
    .sort((a, b) => a - b);

it('finds children of children, and nobody else', () => {
  expect(found([row(1, 0), row(9, 1), row(10, 9), row(11, 10), row(12, 11), row(20, 9)])).toEqual([10, 11, 12]);
});

it('finds an orphan by its mark, its group, or because it was seen before, and its children with it', () => {
  const orphans = [row(14, 1, { isMarked: true }), row(15, 1, { group: '10' }), row(16, 1), row(17, 16)];
  expect(found(orphans)).toEqual([14, 15]);
  expect(found(orphans, [[16, 's16']])).toEqual([14, 15, 16, 17]);
});

it('leaves a process alone that only has the pid of one seen before', () => {
  expect(found([row(16, 1, { started: 'later' })], [[16, 's16']])).toEqual([]);
});

it('ends on a table that changed while it was read and goes in a circle', () => {
  expect(found([row(10, 11), row(11, 10)])).toEqual([10, 11]);
});
