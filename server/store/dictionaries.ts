import type { LabelSet, ProfileFunction, ProfileMapping } from '../profile/profile.ts';
import { isSameFunction } from '../profile/sent-functions.ts';
import {
  functionCodec,
  functionKey,
  headerCodec,
  labelSetCodec,
  labelSetKey,
  mappingCodec,
  metricSeriesCodec,
  seriesCodec,
  shapeCodec,
} from './codecs.ts';
import { type Dictionary, KeyedDictionary } from './dictionary.ts';
import type { Header, MetricSeries, Series, Shape } from './entries.ts';
import { HintedDictionary } from './hinted-dictionary.ts';
import { LabelUse } from './label-use.ts';
import { LocationDictionary } from './location-dictionary.ts';
import { StackTrie } from './stack-trie.ts';

/** Everything that is stored once and named by an id. It lives in memory; the file has the same. */
export interface Dictionaries {
  readonly series: KeyedDictionary<Series>;
  readonly shapes: KeyedDictionary<Shape>;
  readonly headers: KeyedDictionary<Header>;
  readonly functions: KeyedDictionary<ProfileFunction>;
  readonly mappings: KeyedDictionary<ProfileMapping>;
  readonly locations: LocationDictionary;
  /** Items are location ids. */
  readonly stacks: StackTrie;
  /** Id 0 is the empty set. */
  readonly labelSets: KeyedDictionary<LabelSet>;
  readonly metricSeries: KeyedDictionary<MetricSeries>;
  /** Which label sets occur in which series. */
  readonly labelUse: LabelUse;
}

export function createDictionaries(): Dictionaries {
  const labelSets = new KeyedDictionary<LabelSet>(labelSetCodec, labelSetKey);
  labelSets.restore(0, []);
  return {
    series: new KeyedDictionary<Series>(seriesCodec),
    shapes: new KeyedDictionary<Shape>(shapeCodec),
    headers: new KeyedDictionary<Header>(headerCodec),
    functions: new HintedDictionary(functionCodec, {
      keyOf: functionKey,
      hintOf: ({ name }) => name,
      isSame: isSameFunction,
    }),
    mappings: new HintedDictionary(mappingCodec, {
      hintOf: ({ buildId, file }) => `${buildId} ${file}`,
      isSame: isSameMapping,
    }),
    locations: new LocationDictionary(),
    stacks: new StackTrie(),
    labelSets,
    metricSeries: new KeyedDictionary<MetricSeries>(metricSeriesCodec),
    labelUse: new LabelUse(),
  };
}

const all = (dictionaries: Dictionaries): readonly Dictionary[] => Object.values(dictionaries);

/** Entries that aren't in the file yet. */
export const countPending = (dictionaries: Dictionaries): number =>
  all(dictionaries).reduce((sum, { length, persisted }) => sum + length - persisted, 0);

export function markPersisted(dictionaries: Dictionaries): void {
  for (const dictionary of all(dictionaries)) dictionary.markPersisted();
}

export function rollBack(dictionaries: Dictionaries): void {
  for (const dictionary of all(dictionaries)) dictionary.rollBack();
}

const isSameMapping = (a: ProfileMapping, b: ProfileMapping): boolean =>
  a.start === b.start &&
  a.limit === b.limit &&
  a.offset === b.offset &&
  a.file === b.file &&
  a.buildId === b.buildId &&
  a.hasFunctions === b.hasFunctions &&
  a.hasFilenames === b.hasFilenames &&
  a.hasLineNumbers === b.hasLineNumbers &&
  a.hasInlineFrames === b.hasInlineFrames;
