import { expect, test } from 'vitest';
import type { Gate, Verdict } from '../../../../protocol/index.ts';
import { drawScreen } from '../../../../server/commands/watch/draw-screen.ts';
import { ansiFromLine } from '../../../../server/commands/watch/line.ts';
import { widthOf } from '../../../../server/commands/watch/plain-text.ts';
import type { ProfileView, ScreenState } from '../../../../server/commands/watch/screen-state.ts';
import { errorVerdict } from '../../../../server/lab/error-verdict.ts';
import { flameGraphFromText } from '../../../support/flame-graph-from-text.ts';

const open = errorVerdict('read-a-flame', 7, 0, '').gates;

const checking: ScreenState = {
  exercise: 'read-a-flame',
  run: { phase: 'held-out load', startedMillis: 1_000, endedMillis: null },
  gates: open,
  verdict: null,
  problem: '',
  view: { shows: 'flame', kind: 'cpu', scroll: 0 },
  profile: null,
  text: { title: '', body: '' },
};

const profile: ProfileView = {
  flame: flameGraphFromText('main.handle;main.check 60\nmain.handle 40'),
  top: {
    unit: 'nanoseconds',
    total: 2e9,
    rows: [
      { name: 'main.check', file: 'a.go', flat: 1.2e9, cum: 1.24e9, flatLow: null, flatHigh: null },
      { name: 'runtime.mallocgc', file: 'b.go', flat: 3e6, cum: 3e6, flatLow: null, flatHigh: null },
    ],
  },
};

const gateWith = (index: number, fields: Partial<Gate>): Gate[] =>
  open.map((gate, at) => (at === index ? { ...gate, ...fields } : gate));

const notFixed: Verdict = {
  ...errorVerdict('read-a-flame', 7, 0, 'Half of the CPU time is still spent in compiling regular expressions.'),
  verdict: 'not-fixed',
};

function draw(fields: Partial<ScreenState>, [columns, rows] = [60, 16], nowMillis = 13_500): string[] {
  const { lines } = drawScreen({ ...checking, ...fields }, { columns, rows }, nowMillis);
  return lines.map((line) => ansiFromLine(line, false).trimEnd());
}

test('while a check runs: phase, seconds, open gates, no profile yet, keys', () => {
  expect(draw({})).toEqual([
    ' read-a-flame  checking: held-out load …               12 s',
    '· G1 Behaviour',
    '· G2 Conservation of work',
    '· G3 Symptom',
    '· G4 Budget',
    '· G5 Held-out load',
    '· G6 Instruments intact',
    '── cpu, from main ──────────────────────────────────────────',
    "No cpu profile of your code yet: a check's load brings it.",
    '',
    '',
    '',
    '',
    '',
    '',
    'h hint n next l list r reset q quit f flame t top k kind',
  ]);
});

test('gates fill in with what was observed, its limit and unit; a share in percent', () => {
  const passed = gateWith(0, { pass: true, observed: 0, limit: 0, unit: 'wrong answers', explain: 'All right.' });
  expect(draw({ gates: passed })[1]).toBe('✓ G1 Behaviour              0 / 0 wrong answers');
  expect(draw({ gates: passed }, [120, 20])[1]).toBe(
    `✓ G1 ${'Behaviour'.padEnd(40)}  ${'0 / 0 wrong answers'.padEnd(30)}  All right.`,
  );
  const failed = gateWith(2, { pass: false, observed: 0.523, limit: 0.02, unit: 'share', explain: '' });
  expect(draw({ gates: failed })[3]).toBe('✗ G3 Symptom                52.3 / 2 %');
  const budget = gateWith(3, { pass: false, observed: 1284.4, limit: 80, unit: 'objects/request' });
  expect(draw({ gates: budget })[4]).toContain('1,284 / 80 objects/request');
});

test('the verdict is wrapped; time stands still', () => {
  const done = { verdict: notFixed, run: { phase: 'judged', startedMillis: 1_000, endedMillis: 31_000 } };
  expect(draw(done, [60, 20], 99_000)).toMatchObject([
    ' read-a-flame  judged; save to check again             30 s',
    ...Array.from({ length: 6 }, () => expect.any(String)),
    'NOT-FIXED  Half of the CPU time is still spent in compiling',
    'regular expressions.',
    ...Array.from({ length: 11 }, () => expect.any(String)),
  ]);
});

test('a long summary leaves four rows for the profile', () => {
  const long = { ...notFixed, summary: 'word '.repeat(200) };
  const lines = draw({ verdict: long, profile });
  expect(lines[9]).toMatch(/^ ?word .*…$/);
  expect(lines[10]).toMatch(/^── cpu, from main: 100 ns ─+$/);
  expect(lines).toHaveLength(16);
});

test('what went wrong stands in the place of the verdict', () => {
  expect(draw({ problem: 'Go is missing.' })[7]).toBe('Go is missing.');
});

test('the flame graph, and the top table', () => {
  expect(draw({ profile }).slice(7, 10)).toEqual([
    '── cpu, from main: 100 ns ──────────────────────────────────',
    `[${'main.handle 100%'.padEnd(58)}]`,
    `[${'main.check 60%'.padEnd(34)}]`,
  ]);
  expect(draw({ profile, view: { shows: 'top', kind: 'cpu', scroll: 0 } }).slice(7, 11)).toEqual([
    '── cpu, top: 100 ns ────────────────────────────────────────',
    '      flat       cum  share  function',
    '     1.2 s    1.24 s    60%  main.check',
    '      3 ms      3 ms    <1%  runtime.mallocgc',
  ]);
});

test('a text scrolls to its end and no further', () => {
  const body = Array.from({ length: 30 }, (_, at) => `line ${at + 1}`).join('\n');
  const text = { title: 'exercises', body };
  expect(draw({ text, view: { shows: 'text', kind: 'cpu', scroll: 3 } }).slice(7, 9)).toEqual([
    '── exercises ───────────────────────────────── 4–10 of 30 ──',
    'line 4',
  ]);
  const last = draw({ text, view: { shows: 'text', kind: 'cpu', scroll: 99 } });
  expect(last.at(-2)).toBe('line 30');
});

test('a terminal that is too small is told so, and stays within its cells', () => {
  expect(draw({}, [40, 10])).toEqual(['Here are 40×10 cells; 60×16 are needed.', 'q quits.']);
  expect(draw({}, [3, 2])).toHaveLength(2);
});

test('every size from 60×16 on is filled exactly, with nothing but plain text', () => {
  const hostile = 'a\x1b]0;x\x07\u202e検索\r\n'.repeat(20);
  const fields: Partial<ScreenState> = {
    exercise: hostile,
    gates: gateWith(1, { pass: false, observed: 1, limit: null, unit: hostile, explain: hostile }),
    verdict: { ...notFixed, summary: hostile },
    run: { phase: hostile, startedMillis: 0, endedMillis: null },
    text: { title: hostile, body: hostile },
  };
  for (const shows of ['flame', 'top', 'text'] as const) {
    for (const [columns, rows] of [
      [60, 16],
      [61, 17],
      [80, 24],
      [211, 60],
    ] as const) {
      const lines = draw({ ...fields, view: { shows, kind: hostile, scroll: 0 } }, [columns, rows]);
      expect(lines).toHaveLength(rows);
      for (const line of lines) {
        expect(widthOf(line)).toBeLessThanOrEqual(columns);
        expect(line).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      }
    }
  }
});

test('colour is left out when it is not wanted', () => {
  const [header = []] = drawScreen(checking, { columns: 60, rows: 16 }, 0).lines;
  expect(ansiFromLine(header, true)).toContain('\x1b[7m');
  expect(ansiFromLine(header, false)).not.toContain('\x1b');
});
