import type { SampleType } from '../../protocol/index.ts';
import { AppError } from '../errors.ts';
import type { LabelSet } from '../profile/profile.ts';
import type { Dictionaries } from './dictionaries.ts';
import type { Series, Shape } from './entries.ts';
import type { Selection } from './profile-store.ts';
import { type Selector, selectorMatches } from './selector.ts';

/** A series that a selection reaches, and which of its samples. */
export interface MatchedSeries {
  readonly id: number;
  readonly series: Series;
  readonly shape: Shape;
  /** Label sets of the wanted samples; null = all of them. */
  readonly labelSets: ReadonlySet<number> | null;
}

/** Where the values of the wanted sample type are: type `index`, or type 0 times `times` where they are derived. */
export interface ValueSource {
  readonly index: number;
  readonly times: bigint;
}

/** Series whose wanted values are found in the same way. */
export interface QueryPart {
  readonly series: readonly number[];
  readonly source: ValueSource;
  readonly labelSets: ReadonlySet<number> | null;
}

/** Live, durable series; of one kind, or of all. */
export function liveSeries(dictionaries: Dictionaries, kind?: string): MatchedSeries[] {
  const found: MatchedSeries[] = [];
  for (const [id, series] of dictionaries.series.all()) {
    if (id >= dictionaries.series.persisted || (kind !== undefined && series.kind !== kind)) continue;
    found.push({ id, series, shape: dictionaries.shapes.get(series.shape), labelSets: null });
  }
  return found;
}

/** `no-data` when there never was one of that kind. */
export function seriesOfKind(dictionaries: Dictionaries, kind: string): MatchedSeries[] {
  const found = liveSeries(dictionaries, kind);
  if (found.length > 0) return found;
  const existing = [...new Set(liveSeries(dictionaries).map(({ series }) => series.kind))].sort();
  const hint = existing.length === 0 ? 'nothing is stored yet' : `stored kinds: ${existing.join(', ')}`;
  throw new AppError('no-data', `no profile of kind "${kind}" is stored; ${hint}`, { detail: { kinds: existing } });
}

/** The series of the selection's kind that its selector reaches; empty when none. Time is not looked at. */
export function matchSeries(dictionaries: Dictionaries, { kind, selector }: Pick<Selection, 'kind' | 'selector'>) {
  return reachedBy(dictionaries, seriesOfKind(dictionaries, kind), selector);
}

/**
 * A label's value is that of the series if it has one, else that of the sample. Matchers that the series can't decide pick
 * label sets; those sets are worked out once for all series that leave the same matchers open.
 */
export function reachedBy(
  dictionaries: Dictionaries,
  candidates: readonly MatchedSeries[],
  selector: Selector,
): MatchedSeries[] {
  const setsByOpen = new Map<string, ReadonlySet<number>>();
  return candidates.flatMap((candidate) => {
    const labelOf = (name: string): string => seriesLabel(candidate.series, name);
    const open = selector.filter(({ label }) => labelOf(label) === '');
    const decided = selector.filter(({ label }) => labelOf(label) !== '');
    if (!selectorMatches(decided, (name) => [labelOf(name)])) return [];
    if (open.length === 0) return [candidate];
    const key = open.map((matcher) => selector.indexOf(matcher)).join();
    const sets = setsByOpen.get(key) ?? labelSetsMatching(dictionaries, open);
    setsByOpen.set(key, sets);
    const used = dictionaries.labelUse.labelSetsOf(candidate.id);
    return [...used].some((set) => sets.has(set)) ? [{ ...candidate, labelSets: sets }] : [];
  });
}

function labelSetsMatching(dictionaries: Dictionaries, selector: Selector): ReadonlySet<number> {
  const found = new Set<number>();
  for (const [id, set] of dictionaries.labelSets.all()) {
    if (selectorMatches(selector, (name) => sampleLabels(set, name))) found.add(id);
  }
  return found;
}

/** "" when the series has no such label. */
export const seriesLabel = (series: Pick<Series, 'labels'>, name: string): string =>
  Object.hasOwn(series.labels, name) ? (series.labels[name] ?? '') : '';

/** The values of that name, sorted, each once, mostly one or none; a number is its decimal digits, an empty text no value. */
export function sampleLabels(set: LabelSet, name: string): readonly string[] {
  const labels = set.filter(({ key, text, number }) => key === name && (text !== '' || number !== null));
  const values = labels.map(({ number, text }) => (number === null ? text : number.toString()));
  return values.length < 2 ? values : [...new Set(values)].sort();
}

/** The type that is meant: by name, or the default of the newest series. `unknown-sample-type` names those that exist. */
export function resolveType(among: readonly MatchedSeries[], name: string | null): SampleType {
  const newest = among.at(-1)?.shape;
  const types = among.flatMap(({ shape }) => shape.sampleTypes);
  const found = name === null ? newest?.sampleTypes[newest.defaultType] : types.find(({ type }) => type === name);
  if (found === undefined) {
    const existing = [...new Set(types.map(({ type }) => type))];
    throw new AppError(
      'unknown-sample-type',
      `no sample type "${name ?? ''}" here; there are: ${existing.join(', ')}`,
      {
        detail: { types: existing },
      },
    );
  }
  const other = types.find(({ type, unit }) => type === found.type && unit !== found.unit);
  if (other !== undefined) {
    throw new AppError(
      'inconsistent-profile',
      `sample type "${found.type}" is measured in ${found.unit} and in ${other.unit} here; narrow the selector`,
      { detail: { units: [found.unit, other.unit] } },
    );
  }
  return found;
}

/** Series without that type bring nothing. */
export function queryParts(matched: readonly MatchedSeries[], { type }: SampleType): QueryPart[] {
  const parts: { series: number[]; source: ValueSource; labelSets: ReadonlySet<number> | null }[] = [];
  for (const { id, shape, labelSets } of matched) {
    const index = shape.sampleTypes.findIndex((candidate) => candidate.type === type);
    if (index < 0) continue;
    const source = shape.derived?.type === index ? { index: 0, times: shape.derived.period } : { index, times: 1n };
    const like = parts.find(
      (part) =>
        part.labelSets === labelSets && part.source.index === source.index && part.source.times === source.times,
    );
    if (like === undefined) parts.push({ series: [id], source, labelSets });
    else like.series.push(id);
  }
  return parts;
}

/** The series that a selection reaches, the sample type that is meant, and where its values are. */
export function planQuery(dictionaries: Dictionaries, selection: Selection, typeName: string | null) {
  const candidates = seriesOfKind(dictionaries, selection.kind);
  const matched = reachedBy(dictionaries, candidates, selection.selector);
  const type = resolveType(matched.length > 0 ? matched : candidates, typeName);
  return { matched, type, parts: queryParts(matched, type) };
}
