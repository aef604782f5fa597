import { expect, test } from 'vitest';
import { topTable } from '../../../protocol/index.ts';
import { computeTop, computeTopWithIntervals, stackSumsFromProfile } from '../../../server/profile/index.ts';
import { blockSumsFromText } from '../../support/block-sums-from-text.ts';
import { dedent, profileFromText, textFromTop } from '../../support/profile-text.ts';

const topOf = (text: string) => computeTop(stackSumsFromProfile(profileFromText(text), null));

test('counts a sample once for a function that recurses', () => {
  expect(textFromTop(topOf('main.a;main.b;main.b 6\nmain.a 1'))).toBe(
    dedent(`
      main.b 6 6
      main.a 1 7`),
  );
});

test('orders by flat, then by name, and has functions that only call', () => {
  expect(textFromTop(topOf('main.z;main.b 2\nmain.a;main.c 2\nmain.y;main.d -1'))).toBe(
    dedent(`
      main.b 2 2
      main.c 2 2
      main.a 0 2
      main.y 0 -1
      main.z 0 2
      main.d -1 -1`),
  );
});

test('gives the inlined function the flat value', () => {
  expect(textFromTop(topOf('main.a>main.b 3'))).toBe('main.b 3 3\nmain.a 0 3');
});

test('has no intervals of its own, and the shape of the protocol', () => {
  const top = topOf('main.a 3');
  expect(topTable.parse(top)).toEqual(top);
  expect(top.rows[0]).toMatchObject({ file: 'main.go', flatLow: null, flatHigh: null });
});

test('saturates beyond 2^53 and says so', () => {
  const top = topOf(`main.a ${2n ** 62n}\nmain.b 1`);
  expect([top.total, top.rows[0]?.flat, top.rows[1]?.flat, top.saturated]).toEqual([2 ** 53, 2 ** 53, 1, true]);
});

test('orders by what was summed, also where the numbers of the answer are all 2^53', () => {
  const top = topOf(`main.a ${2n ** 60n}\nmain.b ${2n ** 62n}\nmain.c ${2n ** 61n}`);
  expect(top.rows.map(({ name, flat }) => [name, flat])).toEqual([
    ['main.b', 2 ** 53],
    ['main.c', 2 ** 53],
    ['main.a', 2 ** 53],
  ]);
});

test('gives the first rows their course: flat per profile in each block of windows', () => {
  const window = (text: string) => ({ text, requests: null });
  const blocks = blockSumsFromText([window('main.a 4\nmain.b 1'), window('main.a 2'), window('main.b 9')]);
  const twice = { ...blocks, blocks: blocks.blocks.map((block) => ({ ...block, profiles: 2 })) };
  const top = computeTopWithIntervals(twice, { points: 1 });
  expect(topTable.parse(top)).toEqual(top);
  expect(top.times).toEqual([0, 1_000, 2_000]);
  expect(top.rows.map(({ name, flat, points }) => [name, flat, points])).toEqual([
    ['main.b', 10, [0.5, 0, 4.5]],
    ['main.a', 6, undefined],
  ]);
  expect(computeTopWithIntervals(twice, { points: 0 }).times).toBeUndefined();
});
