import { AppError } from '../errors.ts';
import type { Dictionaries } from './dictionaries.ts';
import { liveSeries, reachedBy, sampleLabels, seriesLabel } from './plan-query.ts';
import type { Selection } from './profile-store.ts';
import type { Selector } from './selector.ts';

/** More values of one label are refused rather than cut off. */
const MAX_VALUES = 100_000;

/** Sorted; labels of series and of samples, of everything or of what a selection reaches at any time. */
export function findLabelNames(dictionaries: Dictionaries, within?: Pick<Selection, 'kind' | 'selector'>): string[] {
  const names = new Set<string>();
  const candidates = liveSeries(dictionaries, within?.kind);
  for (const { id, series, labelSets } of reachedBy(dictionaries, candidates, within?.selector ?? [])) {
    for (const name of Object.keys(series.labels)) names.add(name);
    for (const set of dictionaries.labelUse.labelSetsOf(id)) {
      if (labelSets !== null && !labelSets.has(set)) continue;
      for (const { key } of dictionaries.labelSets.get(set)) names.add(key);
    }
  }
  return [...names].sort();
}

/** Sorted values that samples within the selector have; an absent label is no value. */
export function findLabelValues(dictionaries: Dictionaries, name: string, selector: Selector): string[] {
  const values = new Set(findLabelGroups(dictionaries, name, selector).flat());
  if (values.size >= MAX_VALUES) {
    throw new AppError('over-limit', `label "${name}" has ${values.size} values; narrow it with a selector`, {
      detail: { limit: MAX_VALUES, seen: values.size },
    });
  }
  return [...values].sort();
}

/** Which values of a label samples within the selector have together: mostly one, none where it is absent. */
export function findLabelGroups(dictionaries: Dictionaries, name: string, selector: Selector): (readonly string[])[] {
  const groups = new Map<string, readonly string[]>();
  const add = (values: readonly string[]): unknown => groups.set(JSON.stringify(values), values);
  for (const { id, series, labelSets } of reachedBy(dictionaries, liveSeries(dictionaries), selector)) {
    const ofSeries = seriesLabel(series, name);
    if (ofSeries !== '') {
      add([ofSeries]);
      continue;
    }
    for (const set of dictionaries.labelUse.labelSetsOf(id)) {
      if (labelSets === null || labelSets.has(set)) add(sampleLabels(dictionaries.labelSets.get(set), name));
    }
  }
  return [...groups.values()];
}

export function findKinds(dictionaries: Dictionaries): string[] {
  return [...new Set(liveSeries(dictionaries).map(({ series }) => series.kind))].sort();
}
