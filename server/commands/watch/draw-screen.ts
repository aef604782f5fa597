import { drawFlame } from './draw-flame.ts';
import { drawGates } from './draw-gates.ts';
import { drawTop } from './draw-top.ts';
import { formatAmount } from './format-amount.ts';
import { cutLine, type Line, span } from './line.ts';
import { cut, fill, widthOf, wrap } from './plain-text.ts';
import type { Drawn, ScreenState, Size } from './screen-state.ts';

const LEAST: Size = { columns: 60, rows: 16 };
const LEAST_PANE = 4;
/** Header, title of the pane, keys. */
const FIXED_ROWS = 3;
const KEYS = ['h hint', 'n next', 'l list', 'r reset', 'q quit', 'f flame', 't top', 'k kind', '↑↓ scroll'];

/**
 * The whole screen, a line for each of its rows, none wider than it.
 *
 *      read-a-flame  checking: held-out load …                 12 s
 *     ✓ G1 Behaviour             0 / 0 wrong answers
 *     …                                              (six gates)
 *     NOT-FIXED  The symptom is still there.         (when done)
 *     ── cpu, from main: 1.24 s ───────────────────────── 1–4 of 9 ──
 *     [main.handle 83%                          ][runtime.mcall 12%]…
 *     …
 *     h hint  n next  l list  r reset  q quit  …
 */
export function drawScreen(state: ScreenState, size: Size, nowMillis: number): Drawn<Line> {
  const { columns, rows } = size;
  if (columns < LEAST.columns || rows < LEAST.rows) return tooSmall(size);
  const gates = drawGates(state.gates, columns);
  const outcome = drawOutcome(state, columns, rows - FIXED_ROWS - gates.length - LEAST_PANE);
  const height = rows - FIXED_ROWS - gates.length - outcome.length;
  const content = drawPane(state, columns);
  const pane = { length: content.length, height };
  const scroll = Math.max(0, Math.min(state.view.scroll, pane.length - height));
  const seen = content.slice(scroll, scroll + height);
  const lines = [
    drawHeader(state, columns, nowMillis),
    ...gates,
    ...outcome,
    drawTitle(state, columns, rangeOf(scroll, pane)),
    ...seen,
    ...Array.from({ length: height - seen.length }, (): Line => []),
    drawKeys(columns),
  ];
  return { lines: lines.map((line) => cutLine(line, columns)), pane };
}

function tooSmall({ columns, rows }: Size): Drawn<Line> {
  const words = `Here are ${columns}×${rows} cells; ${LEAST.columns}×${LEAST.rows} are needed. q quits.`;
  const lines = wrap(words, columns).map((text) => cutLine([span(text)], columns));
  return { lines: lines.slice(0, rows), pane: { length: 0, height: 0 } };
}

function drawHeader({ exercise, run, verdict }: ScreenState, columns: number, nowMillis: number): Line {
  const seconds = `${Math.max(0, Math.floor(((run.endedMillis ?? nowMillis) - run.startedMillis) / 1_000))} s `;
  const doing =
    run.endedMillis === null ? `checking: ${run.phase} …` : verdict ? 'judged; save to check again' : run.phase;
  const room = columns - widthOf(seconds) - 1;
  return [span(` ${fill(`${exercise}  ${doing}`, room)}`, 'bar'), span(seconds, 'bar')];
}

/** Nothing while a check runs. */
function drawOutcome({ verdict, problem }: ScreenState, columns: number, most: number): Line[] {
  if (problem !== '') return atMost(wrap(problem, columns), most, columns).map((text) => [span(text, 'bad')]);
  if (!verdict) return [];
  const name = verdict.verdict.toUpperCase();
  const [first = '', ...rest] = atMost(wrap(`${name}  ${verdict.summary}`, columns), most, columns);
  const style = verdict.verdict === 'fixed' ? 'good' : verdict.verdict === 'inconclusive' ? 'bold' : 'bad';
  return [
    [span(first.slice(0, name.length), style), span(first.slice(name.length))],
    ...rest.map((text) => [span(text)]),
  ];
}

function atMost(lines: readonly string[], most: number, columns: number): string[] {
  if (lines.length <= most) return [...lines];
  return [...lines.slice(0, most - 1), cut(`${lines[most - 1] ?? ''} …`, columns - 1).replace(/…*$/, '…')];
}

function drawPane({ view, text, profile }: ScreenState, columns: number): Line[] {
  if (view.shows === 'text') return wrap(text.body, columns).map((line) => [span(line)]);
  if (profile === null) return [[span(`No ${view.kind} profile of your code yet: a check's load brings it.`, 'dim')]];
  const lines = view.shows === 'flame' ? drawFlame(profile.flame, columns) : drawTop(profile.top);
  return lines.length > 0 ? lines : [[span('The profile is empty.', 'dim')]];
}

function drawTitle({ view, text, profile }: ScreenState, columns: number, range: string): Line {
  const amount = profile === null ? '' : `: ${formatAmount(profile.flame.total, profile.flame.unit)}`;
  const named = { text: text.title, flame: `${view.kind}, from main${amount}`, top: `${view.kind}, top${amount}` };
  const title = cut(`── ${named[view.shows]} `, columns - widthOf(range));
  return [span(title + '─'.repeat(Math.max(0, columns - widthOf(title) - widthOf(range))) + range, 'dim')];
}

function rangeOf(scroll: number, { length, height }: Drawn<Line>['pane']): string {
  if (length <= height) return '';
  return ` ${scroll + 1}–${Math.min(length, scroll + height)} of ${length} ──`;
}

function drawKeys(columns: number): Line {
  const gap = ['   ', '  ', ' '].find((space) => widthOf(KEYS.join(space)) <= columns);
  return [span(gap === undefined ? KEYS.slice(0, -1).join(' ') : KEYS.join(gap), 'dim')];
}
