import type { GraphPage, GraphPageSide } from '../../protocol/index.ts';
import { formatCount, formatDelta, formatMillis, formatValue } from '../ui/format.ts';
import { isComparison } from './page-model.ts';

const SINGLE = 'Profile';

/** `CPU profile of {service="search"}`, or `CPU profiles, before and after`. */
export function titleOf(page: GraphPage): string {
  const kind = page.kind === 'cpu' ? 'CPU' : page.kind;
  if (isComparison(page)) return `${kind} profiles, before and after`;
  const match = page.sides[0]?.match ?? '';
  return `${kind} profile${match === '' || match === '{}' ? '' : ` of ${match}`}`;
}

/** What a reader must know of each side, and of what was left out: pairs of a name and a sentence. */
export function factsOf(page: GraphPage): [name: string, says: string][] {
  const sides = page.sides.map((side, index): [string, string] => [sideName(page, index), describeSide(page, side)]);
  const { focus, ignore, hide } = page.patterns;
  const patterns = Object.entries({ focus, ignore, hide }).flatMap(([name, text]) =>
    text === null ? [] : [`${name} ${text}`],
  );
  const facts: [string, string][] = [...sides, ...differenceFact(page)];
  if (patterns.length > 0) facts.push(['Filters', patterns.join(', ')]);
  if (page.trimmed > 0) facts.push(['Left out', `${formatCount(page.trimmed)} frames, the smallest ones`]);
  if (page.sides.some(({ total }) => total.some((value) => value < 0)))
    facts.push(['Below zero', 'frames below zero have no width in the picture; the table has them']);
  if (page.saturated) facts.push(['Not exact', 'some values are beyond 2^53 and shown as that']);
  facts.push(['Made', `${isoSecond(page.madeMillis)} by Flamelab; values in ${page.unit}${perWords(page)}`]);
  return facts;
}

/** A function's value is added up over its frames: with one of them cut off at 2^53, the sum is wrong as well. */
export function tableTitle(page: GraphPage): string {
  const title = `Functions, largest ${isComparison(page) ? 'change' : 'self cost'} first`;
  return page.saturated ? `${title}. Not exact: values beyond 2^53 are added up as 2^53.` : title;
}

export const sideName = (page: GraphPage, side: number): string =>
  isComparison(page) ? (side === 0 ? 'Before' : 'After') : SINGLE;

function describeSide(page: GraphPage, { match, window, total }: GraphPageSide): string {
  const whole = total[0] ?? 0;
  const parts = [`${formatValue(whole, page.unit)}${perWords(page)}`];
  const { requests } = window;
  if (requests !== null && requests > 0) {
    if (page.per === null) parts.push(`${formatValue(whole / requests, page.unit)} per request`);
    parts.push(`${formatCount(requests)} requests`);
  }
  parts.push(`${formatCount(window.profiles)} ${window.profiles === 1 ? 'profile' : 'profiles'}`);
  if (window.durationNanos > 0) parts.push(`${formatMillis(window.durationNanos / 1e6)} profiled`);
  if (window.from !== null && window.to !== null) parts.push(`${isoSecond(window.from)} to ${isoSecond(window.to)}`);
  if (isComparison(page)) parts.push(match === '' ? '{}' : match);
  return parts.join(' · ');
}

function differenceFact({ whole, unit, ...page }: GraphPage): [string, string][] {
  if (whole === null) return [];
  const change = formatDelta(whole.difference, unit);
  if (whole.interval === 'too-few-windows')
    return [['Difference', `${change}${perWords(page)}; too few profiles to say how sure that is`]];
  const { low, high } = whole.interval;
  const verdict = whole.changed === false ? ': no difference at this noise' : '';
  return [
    [
      'Difference',
      `${change}${perWords(page)} (95 %: ${formatDelta(low, unit)} to ${formatDelta(high, unit)})${verdict}`,
    ],
  ];
}

const perWords = ({ per }: Pick<GraphPage, 'per'>): string => (per === null || per === 'total' ? '' : ` per ${per}`);

/** UTC, since the reader may sit elsewhere. */
const isoSecond = (millis: number): string =>
  new Date(millis)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z/, ' UTC');
