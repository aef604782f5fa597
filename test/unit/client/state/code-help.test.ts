import { expect, test } from 'vitest';
import { createCodeHelp } from '../../../../client/state/index.ts';
import type { HoverAnswer, ProblemsAnswer } from '../../../../protocol/index.ts';

const at = { line: 1, column: 1 };
const hover = { declaration: 'func f()', documentation: '', from: at, to: at };

function help(answers: { hover?: HoverAnswer; problems?: ProblemsAnswer | Error }) {
  const asked: string[] = [];
  const clock = { now: 0 };
  const created = createCodeHelp(
    {
      hover: async ({ path }) => {
        asked.push(path);
        return answers.hover ?? { available: true, hover };
      },
      readProblems: async ({ path }) => {
        asked.push(path);
        if (answers.problems instanceof Error) throw answers.problems;
        return answers.problems ?? { available: true, problems: [] };
      },
    },
    () => clock.now,
  );
  return { created, asked, clock };
}

test('a lab without a language server is asked again only after a minute', async () => {
  const { created, asked, clock } = help({ problems: { available: false, problems: null } });
  expect(await created.problems('a.go', '')).toBeNull();
  expect(await created.problems('a.go', 'x')).toBeNull();
  expect(await created.hover('a.go', 'x', at)).toBeNull();
  expect(asked).toEqual(['a.go']);
  clock.now += 60_000;
  await created.problems('b.go', '');
  expect(asked).toEqual(['a.go', 'b.go']);
});

test('no problems are an answer; a failed question is none, and the next is asked', async () => {
  expect(await help({}).created.problems('a.go', '')).toEqual([]);
  const { created, asked } = help({ problems: new Error('the lab is away') });
  expect(await created.problems('a.go', '')).toBeNull();
  expect(await created.hover('a.go', '', at)).toEqual(hover);
  expect(asked).toHaveLength(2);
});

test('only Go files are asked about', async () => {
  const { created, asked } = help({});
  expect(await created.problems('go.mod', '')).toBeNull();
  expect(await created.hover('README.md', '', at)).toBeNull();
  expect(asked).toEqual([]);
});
