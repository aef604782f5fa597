import type { Dictionaries } from './dictionaries.ts';
import type { Dictionary, TextDictionary } from './dictionary.ts';
import { decodeChunk, type EntryColumns, writeEntries } from './entry-chunk.ts';
import { locationColumns } from './location-columns.ts';
import { stackColumns } from './stack-columns.ts';
import { textColumns } from './text-columns.ts';

/** A dictionary as the file sees it: chunks of consecutive entries. */
export interface ChunkedDictionary {
  /** In `entries.dictionary`: part of the format, so never renumber. */
  readonly tag: number;
  readonly dictionary: Dictionary;
  /** The entries of these ids, which ascend, in columns. */
  write(ids: readonly number[]): Uint8Array;
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
    chunked(9, locations, locationColumns, {
      get: (id) => locations.get(id),
      restore: (id, location) => locations.restore(id, location),
    }),
    chunked(10, stacks, stackColumns, {
      get: (id) => ({ parent: stacks.parent(id), location: stacks.item(id) }),
      restore: (id, { parent, location }) => stacks.restore(id, parent, location),
    }),
  ];
}

const ofTexts = (tag: number, dictionary: TextDictionary): ChunkedDictionary =>
  chunked(tag, dictionary, textColumns, {
    get: (id) => dictionary.textOf(id),
    restore: (id, text) => dictionary.restoreText(id, text),
  });

function chunked<T>(
  tag: number,
  dictionary: Dictionary,
  columns: EntryColumns<T>,
  entries: { get(id: number): T; restore(id: number, entry: T): void },
): ChunkedDictionary {
  return {
    tag,
    dictionary,
    write: (ids) =>
      writeEntries(
        columns,
        ids.map((id) => [id, entries.get(id)]),
      ),
    restore(first, chunk) {
      for (const [id, entry] of decodeChunk(columns, first, chunk)) entries.restore(id, entry);
    },
  };
}
