import type { LabelSet, ProfileFunction, ProfileMapping } from '../profile/profile.ts';
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
import { LabelUse } from './label-use.ts';
import { LocationDictionary } from './location-dictionary.ts';
import { ObjectDictionary } from './object-dictionary.ts';
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
  const labelSets = new ObjectDictionary<LabelSet>(labelSetCodec, labelSetKey);
  labelSets.restore(0, []);
  return {
    series: new KeyedDictionary<Series>(seriesCodec),
    shapes: new KeyedDictionary<Shape>(shapeCodec),
    headers: new KeyedDictionary<Header>(headerCodec),
    functions: new ObjectDictionary<ProfileFunction>(functionCodec, functionKey),
    mappings: new ObjectDictionary<ProfileMapping>(mappingCodec),
    locations: new LocationDictionary(),
    stacks: new StackTrie(),
    labelSets,
    metricSeries: new KeyedDictionary<MetricSeries>(metricSeriesCodec),
    labelUse: new LabelUse(),
  };
}

const all = (dictionaries: Dictionaries): readonly Dictionary[] => Object.values(dictionaries);

export function markPersisted(dictionaries: Dictionaries): void {
  for (const dictionary of all(dictionaries)) dictionary.markPersisted();
}

export function rollBack(dictionaries: Dictionaries): void {
  for (const dictionary of all(dictionaries)) dictionary.rollBack();
}
