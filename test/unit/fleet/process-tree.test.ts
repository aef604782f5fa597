import { describe, expect, it } from 'vitest';
import { type ProcessRow, rowFromStat, rowsFromPs } from '../../../server/fleet/process-table.ts';
import { findTree } from '../../../server/fleet/process-tree.ts';

/** `pid parent session`, one a line; the start time is `s` and the pid. */
function table(text: string): ProcessRow[] {
  return text
    .trim()
    .split('\n')
    .map((line) => {
      const [pid = 0, parent = 0, session = 0] = line.trim().split(/\s+/).map(Number);
      return { pid, parent, session, group: session, start: `s${pid}`, residentBytes: 0, zombie: false };
    });
}

const EXAMPLE = table(`
  10  1 10
  11 10 10
  12 11 12
  13  1 13
  14  1 14
  15 14 14
`);

describe('the tree of a process', () => {
  const known = [{ pid: 10, start: 's10' }];
  const pids = (rows: readonly ProcessRow[]) => rows.map((row) => row.pid).sort();

  it('is what the comment shows: root, child, setsid child, marked orphan, nobody else', () => {
    const sign = { known, session: 10, isMarked: (pid: number) => pid === 13 };
    expect(pids(findTree(EXAMPLE, sign))).toEqual([10, 11, 12, 13]);
  });

  it('leaves out a process that only has the pid of one that was known', () => {
    const reused = [{ pid: 10, start: 'earlier' }];
    expect(findTree(EXAMPLE, { known: reused, session: null, isMarked: () => false })).toEqual([]);
  });

  it('still holds the orphans of a root that is gone, by session and by what was seen before', () => {
    const rest = EXAMPLE.filter((row) => row.pid !== 10).map((row) => (row.pid === 11 ? { ...row, parent: 1 } : row));
    const sign = { known: [{ pid: 12, start: 's12' }], session: 10, isMarked: () => false };
    expect(pids(findTree(rest, sign))).toEqual([11, 12]);
  });

  it('does not count what has ended and only waits for its parent', () => {
    const ended = EXAMPLE.map((row) => ({ ...row, zombie: row.pid === 11 }));
    expect(pids(findTree(ended, { known, session: 10, isMarked: () => false }))).toEqual([10, 12].slice(0, 1));
  });
});

describe('reading the process table', () => {
  it('reads a stat line whose name holds spaces and brackets', () => {
    const after = 'S 7 8 9 0 -1 4194560 1 0 0 0 1 2 0 0 20 0 5 0 123456 2000000 300 18446744073709551615';
    expect(rowFromStat(`42 (a) b (c)) ${after}`, { boot: 'b', pageBytes: 4_096 })).toEqual({
      pid: 42,
      parent: 7,
      group: 8,
      session: 9,
      start: 'b:123456',
      residentBytes: 300 * 4_096,
      zombie: false,
    });
    expect(rowFromStat('42 (cut of', { boot: 'b', pageBytes: 4_096 })).toBeUndefined();
  });

  it('reads the lines of ps', () => {
    const text =
      '  42     7    42      0   1200 Ss   Thu Jan  2 12:00:00 2025\n  43    42    42      0      0 Z    Thu Jan  2 12:00:01 2025\n';
    expect(rowsFromPs(text)).toMatchObject([
      { pid: 42, parent: 7, group: 42, residentBytes: 1_228_800, zombie: false, start: 'Thu Jan  2 12:00:00 2025' },
      { pid: 43, parent: 42, zombie: true },
    ]);
  });
});
