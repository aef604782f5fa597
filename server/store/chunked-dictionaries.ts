import type { Dictionaries } from './dictionaries.ts';
import type { Dictionary, TextDictionary } from './dictionary.ts';
import { decodeChunk, type Effort, encodeChunk } from './entry-chunk.ts';
import { locationColumns } from './location-columns.ts';
import { stackColumns } from './stack-columns.ts';
import { textColumns } from './text-columns.ts';

/** A dictionary as the file sees it: chunks of consecutive entries. */
export interface ChunkedDictionary {
  /** In `entries.dictionary`: part of the format, so never renumber. */
  readonly tag: number;
  readonly dictionary: Dictionary;
  /** The entries of these ids, which ascend. */
  encode(ids: readonly number[], effort: Effort): Uint8Array;
  /** Puts the entries of a chunk in their places; chunks come in the order of their ids. Throws when it is damaged. */
  restore(first: number, chunk: Uint8Array): void;
}

export function chunkedDictionaries(dictionaries: Dictionaries): readonly ChunkedDictionary[] {
  const { locations, stacks } = dictionaries;
  return [
    ofTexts(1, dictionaries.shapes),
    ofTexts(2, dictionaries.series),
    ofTexts(3, dictionaries.headers),
    ofTexts(4, dictionaries.functions),
    ofTexts(5, dictionaries.mappings),
    ofTexts(6, dictionaries.labelSets),
    ofTexts(7, dictionaries.metricSeries),
    ofTexts(8, dictionaries.labelUse),
    {
      tag: 9,
      dictionary: locations,
      encode: (ids, effort) =>
        encodeChunk(
          locationColumns,
          ids.map((id) => [id, locations.get(id)]),
          effort,
        ),
      restore(first, chunk) {
        for (const [id, location] of decodeChunk(locationColumns, first, chunk)) locations.restore(id, location);
      },
    },
    {
      tag: 10,
      dictionary: stacks,
      encode: (ids, effort) =>
        encodeChunk(
          stackColumns,
          ids.map((id) => [id, { parent: stacks.parent(id), location: stacks.item(id) }]),
          effort,
        ),
      restore(first, chunk) {
        for (const [id, { parent, location }] of decodeChunk(stackColumns, first, chunk))
          stacks.restore(id, parent, location);
      },
    },
  ];
}

function ofTexts(tag: number, dictionary: TextDictionary): ChunkedDictionary {
  return {
    tag,
    dictionary,
    encode: (ids, effort) =>
      encodeChunk(
        textColumns,
        ids.map((id) => [id, dictionary.textOf(id)]),
        effort,
      ),
    restore(first, chunk) {
      for (const [id, text] of decodeChunk(textColumns, first, chunk)) dictionary.restoreText(id, text);
    },
  };
}
