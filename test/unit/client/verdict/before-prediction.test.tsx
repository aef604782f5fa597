import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { MetricStrip } from '../../../../client/timeline/index.ts';
import { VerdictCard } from '../../../../client/verdict/index.ts';
import type { CheckView, Gate, VerdictName } from '../../../../protocol/index.ts';

const gate = (id: Gate['id'], explain: string): Gate => ({
  id,
  title: 'CPU time under regexp',
  pass: false,
  observed: 987,
  limit: 654,
  unit: 'objects',
  explain,
});

const checkWith = (verdict: VerdictName, summary: string): CheckView => ({
  running: false,
  phase: '',
  seed: 1,
  gates: [],
  verdict: {
    exercise: 'read-a-flame',
    verdict,
    summary,
    seed: 1,
    gates: [gate('G4', 'costs 987 objects per request')],
    difference: { unit: 'objects', baseline: 321, candidate: 987, ratio: 3, low: 2.9, high: 3.1 },
    millis: 5_000,
  },
});

const cardOf = (check: CheckView, numbers: boolean) =>
  renderToStaticMarkup(<VerdictCard check={check} exercise="read-a-flame" numbers={numbers} onCheck={() => {}} />);

test('the verdict stands without what was measured until there is a prediction', () => {
  const check = checkWith('not-fixed', 'It costs 987 objects per request.');
  expect(cardOf(check, true)).toMatch(/987.*654.*costs 987/s);
  const hidden = cardOf(check, false);
  expect(hidden).not.toMatch(/987|654|321/);
  expect(hidden).not.toContain('regexp');
  expect(hidden).toContain('Not fixed yet');
  expect(hidden).toContain('Predict first: then the numbers show.');
  expect(hidden).toMatch(/data-gate="G4" data-state="fail"/);
});

test('why the code behaves wrongly is said all the same', () => {
  const hidden = cardOf(checkWith('wrong-behaviour', 'Bad queries are answered.'), false);
  expect(hidden).toContain('Bad queries are answered.');
  expect(hidden).not.toMatch(/987|654|321/);
});

test('the strips show shapes alone, and call two saves by their times', () => {
  const points = [[0, 987] as const, [1_000, 654] as const];
  const series = [
    { side: 'before', points } as const,
    { side: 'after', points: [[0, 3] as const, [1_000, 321] as const] } as const,
  ];
  const metrics = [{ name: 'heap', title: 'Heap', unit: 'bytes', series }];
  const sides = { before: '14:03:07', after: '14:05:10' };
  expect(renderToStaticMarkup(<MetricStrip metrics={metrics} sides={sides} />)).toMatch(
    /14:03:07.*654.*14:05:10.*321/s,
  );
  const hidden = renderToStaticMarkup(<MetricStrip metrics={metrics} numbers={false} />);
  expect(hidden).not.toMatch(/987|654|321/);
  expect(hidden).toMatch(/<path data-side="after" d="M0,/);
});
