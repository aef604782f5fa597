import { describe, expect, it } from 'vitest';
import { ColumnReader, ColumnWriter } from '../../../server/store/columns.ts';
import {
  compressQuickly,
  compressWell,
  decodeChunk,
  type EntryColumns,
  type Numbered,
  writeEntries,
} from '../../../server/store/entry-chunk.ts';
import { locationColumns } from '../../../server/store/location-columns.ts';
import type { StoredLocation } from '../../../server/store/location-dictionary.ts';
import { type StackNode, stackColumns } from '../../../server/store/stack-columns.ts';
import { textColumns } from '../../../server/store/text-columns.ts';
import { createRandom } from '../../support/random-profile.ts';

type Pick = <T>(...items: readonly T[]) => T;

const pickWith =
  (random: () => number): Pick =>
  (...items) => {
    const item = items[Math.floor(random() * items.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  };

const texts = (pick: Pick): string =>
  `${pick('', 'main.main', 'κ.λ', '\ufeff', '🔥', '"')}${pick('', 'x'.repeat(300), '\0')}`;

function randomLocation(pick: Pick): StoredLocation {
  const functions = Array.from({ length: pick(0, 1, 1, 3) }, () => pick(0, 1, 2, 70_000, 2 ** 31 - 1));
  const number = () => pick(0, 1, -1, 12, 2 ** 53, -(2 ** 63), 2 ** 63, 2 ** 40 + 1);
  const half = () => pick(0, 1, -1, 4_201_872, -(2 ** 31), 2 ** 31 - 1);
  return {
    mapping: pick(-1, 0, 16),
    addressLow: half(),
    addressHigh: half(),
    folded: pick(true, false),
    lineCount: functions.length,
    lines: functions.flatMap((fn) => [fn, number(), number()]),
  };
}

/** Ids with gaps, from `first` on; of one entry in three a chunk has more than a few. */
function randomIds(random: () => number): number[] {
  const ids: number[] = [];
  let id = 1 + Math.floor(random() * 100_000);
  for (let count = Math.floor(random() * (random() < 0.3 ? 2_000 : 5)) + 1; count > 0; count--) {
    ids.push(id);
    id += random() < 0.9 ? 1 : 1 + Math.floor(random() * 1_000);
  }
  return ids;
}

function randomNode(id: number, random: () => number, pick: Pick): StackNode {
  return {
    parent: pick(id - 1, 0, Math.floor(random() * id)),
    location: pick(0, id, Math.floor(random() * 20), 2 ** 31 - 1),
  };
}

const kinds: readonly (readonly [string, EntryColumns<unknown>, (id: number, random: () => number) => unknown])[] = [
  ['texts', textColumns as EntryColumns<unknown>, (_, random) => texts(pickWith(random))],
  ['locations', locationColumns as EntryColumns<unknown>, (_, random) => randomLocation(pickWith(random))],
  ['stack nodes', stackColumns as EntryColumns<unknown>, (id, random) => randomNode(id, random, pickWith(random))],
];

describe.each(kinds)('a chunk of %s', (_, kind, randomEntry) => {
  const randomEntries = (seed: number): Numbered<unknown>[] => {
    const random = createRandom(seed);
    return randomIds(random).map((id) => [id, randomEntry(id, random)]);
  };

  it('comes back as it was, compressed quickly or well', async () => {
    for (let seed = 0; seed < 60; seed++) {
      const entries = randomEntries(seed);
      const first = entries[0]?.[0] ?? 0;
      const columns = writeEntries(kind, entries);
      for (const chunk of [compressQuickly(columns), await compressWell(columns)])
        expect(decodeChunk(kind, first, chunk), `seed ${seed}`).toEqual(entries);
    }
  });

  it('is refused when it is cut or a bit of it is flipped', async () => {
    for (let seed = 0; seed < 60; seed++) {
      const entries = randomEntries(seed);
      const first = entries[0]?.[0] ?? 0;
      const columns = writeEntries(kind, entries);
      const chunk = seed % 2 === 0 ? compressQuickly(columns) : await compressWell(columns);
      const random = createRandom(seed);
      const at = Math.floor(random() * chunk.length);
      expect(() => decodeChunk(kind, first, chunk.subarray(0, at)), `seed ${seed}, cut at ${at}`).toThrow('is damaged');
      const flipped = Uint8Array.from(chunk, (byte, place) => (place === at ? byte ^ (1 << (seed % 8)) : byte));
      expect(
        seen(() => decodeChunk(kind, first, flipped), entries),
        `seed ${seed}, flipped at ${at}`,
      ).toBe(true);
    }
  });

  it('is refused when its columns end early or go on under a sound checksum', () => {
    const entries = randomEntries(7);
    const columns = writeEntries(kind, entries);
    for (let length = 0; length < Math.min(columns.length, 200); length++)
      expect(() => decodeChunk(kind, 1, compressQuickly(columns.subarray(0, length)))).toThrow('is damaged');
    expect(() => decodeChunk(kind, 1, compressQuickly(Buffer.concat([columns, Buffer.of(0)])))).toThrow(
      '1 bytes follow',
    );
  });
});

/** Refused, or not seen at all: some bits of a compressed stream mean nothing. */
function seen(decode: () => unknown, entries: unknown): boolean {
  try {
    expect(decode()).toEqual(entries);
    return true;
  } catch (error) {
    return error instanceof Error && error.message.includes('is damaged');
  }
}

describe('the columns of a chunk', () => {
  const numbersOf = <T>(
    kind: EntryColumns<T>,
    entries: readonly Numbered<T>[],
    signedFrom = Number.POSITIVE_INFINITY,
  ) => {
    const columns = new ColumnWriter();
    kind.write(columns, entries);
    const bytes = columns.finish();
    const reader = new ColumnReader(bytes);
    const numbers: number[] = [];
    for (;;) {
      try {
        numbers.push(numbers.length < signedFrom ? reader.unsigned() : reader.signed());
      } catch {
        return numbers;
      }
    }
  };

  it('name the ids that are left out, as drawn in the comment', () => {
    const columns = writeEntries(textColumns, [
      [7, 'a'],
      [8, 'b'],
      [11, 'c'],
    ]);
    expect([...columns]).toEqual([3, 0, 2, 1, 1, 1, ...Buffer.from('abc')]);
  });

  it('of stacks name a location by its place after its parent, as drawn in the comment', () => {
    const [main, a, b] = [0, 1, 2];
    const nodes: Numbered<StackNode>[] = [
      [1, { parent: 0, location: main }],
      [2, { parent: 1, location: a }],
      [3, { parent: 2, location: b }],
      [4, { parent: 1, location: a }],
      [5, { parent: 4, location: b }],
    ];
    expect(numbersOf(stackColumns, nodes, 10)).toEqual([1, 1, 1, 3, 1, 0, 0, 0, 1, 1, 0, 1, 1]);
  });

  it('of locations are distances within a function, as drawn in the comment', () => {
    const [f, g, h] = [1, 2, 3];
    const location = (addressLow: number, functions: number[], lines: number[]): StoredLocation => ({
      mapping: 0,
      addressLow,
      addressHigh: 0,
      folded: false,
      lineCount: functions.length,
      lines: functions.flatMap((fn, line) => [fn, lines[line] ?? 0, 0]),
    });
    const entries: Numbered<StoredLocation>[] = [
      [0, location(1_000, [f], [10])],
      [1, location(5_000, [g, h], [7, 80])],
      [2, location(1_016, [f], [12])],
    ];
    const unsigned = [2, 4, 2, 1, 1, 1, f + 1, g + 1, h + 1, f + 1];
    const signed = [1_000, 4_000, 16, 10, 7, 80, 2, 0, 0, 0, 0];
    expect(numbersOf(locationColumns, entries, unsigned.length)).toEqual([...unsigned, ...signed]);
  });
});
