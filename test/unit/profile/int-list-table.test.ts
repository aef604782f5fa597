import { expect, test } from 'vitest';
import { IntListTable } from '../../../server/profile/int-list-table.ts';
import { createRandom } from '../../support/random-profile.ts';

function commit(table: IntListTable, ...list: number[]): number {
  for (const int of list) table.push(int);
  return table.commit();
}

test('keeps each list once, as the example says', () => {
  const table = new IntListTable();
  expect([commit(table, 4, 7), commit(table, 4), commit(table, 4, 7)]).toEqual([0, 1, 0]);
  expect(table.toColumns()).toEqual({ start: Uint32Array.of(0, 2, 3), data: Uint32Array.of(4, 7, 4) });
});

test('tells thousands of short lists apart, also after it was cleared', () => {
  const table = new IntListTable();
  for (const seed of [1, 2]) {
    table.clear();
    const random = createRandom(seed);
    const known = new Map<string, number>();
    for (let i = 0; i < 20_000; i++) {
      const list = Array.from({ length: Math.floor(random() * 4) }, () => Math.floor(random() * 30) - 5);
      const index = commit(table, ...list);
      expect(index).toBe(known.get(list.join()) ?? known.size);
      known.set(list.join(), index);
    }
    expect(table.count).toBe(known.size);
  }
});
