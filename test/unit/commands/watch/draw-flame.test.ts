import { expect, test } from 'vitest';
import { drawFlame } from '../../../../server/commands/watch/draw-flame.ts';
import { stacksFromMain } from '../../../../server/commands/watch/stacks-from-main.ts';
import { flameGraphFromText, type GraphExtras } from '../../../support/flame-graph-from-text.ts';

const packages: GraphExtras = { package: (name) => (name.startsWith('main') ? 'main' : 'other') };

function draw(stacks: string, width: number): string[] {
  return drawFlame(flameGraphFromText(stacks, packages), width).map((line) =>
    line
      .map(({ text }) => text)
      .join('')
      .trimEnd(),
  );
}

test('a row for each depth, frames as wide as their share, narrow ones joined', () => {
  const stacks = `
    main;work;sort 60
    main;work 10
    main;read 25
    main;log 3
    main;poll 2`;
  expect(draw(stacks, 40)).toEqual([
    '[main 100%                             ]',
    '[work 70%                  ][read 25%]…',
    '[sort 60%              ]',
  ]);
});

test('frames above the first one of package main are left out; other paths are whole', () => {
  const stacks = `
    net/http.serve;main.handle;json.Marshal;main.encode 50
    net/http.serve 25
    runtime.gc 25`;
  expect(draw(stacks, 40)).toEqual([
    '[main.handle 50%   ][htt… 25%][run… 25%]',
    '[json.Marshal 50%  ]',
    '[main.encode 50%   ]',
  ]);
});

test('paths that meet in package main are one', () => {
  const [only] = stacksFromMain(flameGraphFromText('a;main.x;b 1\nc;main.x;b 2', packages));
  expect(only).toMatchObject({ name: 'main.x', total: 3, callees: [{ name: 'b', total: 3 }] });
});

test('long names lose the path of their package, then their end, and keep the share', () => {
  const generic = 'github.com/x/y/store.Get[go.shape.string/a]';
  expect(draw(`${generic} 1`, 60)[0]).toBe(`[${'store.Get[go.shape.string/a] 100%'.padEnd(58)}]`);
  expect(draw(`${generic} 1`, 20)[0]).toBe('[store.Get[go… 100%]');
});

test('a wide name fills its cells, not more', () => {
  expect(draw('main.検索検索検索 1', 20)).toEqual(['[main.検索検… 100% ]']);
});

test('a name cannot move the cursor', () => {
  expect(draw('main.a\x1b[2Jb\x07 1', 30)).toEqual(['[main.a[2Jb 100%             ]']);
});

test('the rows of neighbours never overlap, whatever the shares', () => {
  const stacks = Array.from({ length: 40 }, (_, i) => `main.f${i % 7};g${i};h${i % 3} ${(i * 37) % 23}`).join('\n');
  for (const width of [60, 61, 79, 200]) {
    for (const row of drawFlame(flameGraphFromText(stacks, packages), width)) {
      expect(row.map(({ text }) => text).join('').length).toBeLessThanOrEqual(width);
    }
  }
});

test('a profile of nothing has no rows', () => {
  expect(draw('main 0', 60)).toEqual([]);
});
