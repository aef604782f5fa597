import { describe, expect, it } from 'vitest';
import { finishHash, HashIndex, mixHash } from '../../../server/profile/hash-index.ts';
import { KeyedDictionary } from '../../../server/store/dictionary.ts';
import { LabelUse } from '../../../server/store/label-use.ts';
import { LocationDictionary } from '../../../server/store/location-dictionary.ts';
import { StackTrie } from '../../../server/store/stack-trie.ts';

const words = () => new KeyedDictionary<string>({ encode: (word) => word, decode: (text) => text });

describe('HashIndex', () => {
  it('tells ids with equal hashes apart and grows', () => {
    const index = new HashIndex();
    for (let id = 0; id < 1_000; id++) index.add(id % 10, id);
    expect(index.find(7, (id) => id === 997)).toBe(997);
    expect(index.find(7, (id) => id === 998)).toBeUndefined();
    index.retain((id) => id !== 997);
    expect(index.find(7, (id) => id === 997)).toBeUndefined();
    expect(index.find(7, (id) => id === 987)).toBe(987);
  });

  it('spreads consecutive numbers over the low bits', () => {
    const low = new Set(Array.from({ length: 256 }, (_, n) => finishHash(mixHash(0, n)) & 0xff));
    expect(low.size).toBeGreaterThan(128);
  });
});

describe('KeyedDictionary', () => {
  it('gives equal entries one id, and takes pending ones back', () => {
    const dictionary = words();
    expect(['a', 'b', 'a'].map((word) => dictionary.intern(word))).toEqual([0, 1, 0]);
    dictionary.markPersisted();
    dictionary.intern('c');
    expect([dictionary.persisted, dictionary.length, dictionary.textOf(2)]).toEqual([2, 3, 'c']);
    dictionary.rollBack();
    expect(dictionary.has(2)).toBe(false);
    expect(dictionary.intern('d')).toBe(2);
  });

  it('never gives the id of a forgotten entry again', () => {
    const dictionary = words();
    dictionary.intern('a');
    dictionary.intern('b');
    dictionary.retain((id) => id !== 1);
    expect(dictionary.intern('b')).toBe(2);
    expect(() => dictionary.get(1)).toThrow();
    expect([...dictionary.all()]).toEqual([
      [0, 'a'],
      [2, 'b'],
    ]);
  });

  it('goes on after the largest id that was restored', () => {
    const dictionary = words();
    dictionary.restoreText(5, 'x');
    expect(dictionary.intern('y')).toBe(6);
    expect([dictionary.persisted, dictionary.length, dictionary.textOf(6)]).toEqual([6, 7, 'y']);
  });
});

describe('StackTrie', () => {
  it('keeps shared beginnings once, as drawn in its comment', () => {
    const [main, a, b, c] = [10, 11, 12, 13];
    const trie = new StackTrie();
    const stack = (...items: number[]): number => items.reduce((node, item) => trie.child(node, item), 0);
    expect([stack(main, a, b), stack(main, a, c), stack()]).toEqual([3, 4, 0]);
    expect([1, 2, 3, 4].map((id) => [trie.parent(id), trie.item(id)])).toEqual([
      [0, main],
      [1, a],
      [2, b],
      [2, c],
    ]);
    trie.markPersisted();
    expect(stack(main, b)).toBe(5);
    trie.rollBack();
    expect(trie.has(5)).toBe(false);
    trie.retain((id) => id !== 4);
    expect(trie.has(4)).toBe(false);
    expect(stack(main, a, c)).toBe(5);
  });

  it('finds whole stacks, not those that only begin or end alike', () => {
    const trie = new StackTrie();
    const stack = (...leafFirst: number[]): number =>
      trie.leafOf(Int32Array.from([...leafFirst, 99]), leafFirst.length);
    const ids = [stack(3, 2, 1), stack(2, 1), stack(3, 2), stack(), stack(1)];
    expect(new Set(ids).size).toBe(5);
    expect([stack(3, 2, 1), stack(2, 1), stack(3, 2), stack(), stack(1)]).toEqual(ids);
    expect(trie.parent(ids[0] ?? 0)).toBe(ids[1]);
    expect(ids[3]).toBe(0);
  });

  it('forgets whole stacks that are taken back or given up', () => {
    const trie = new StackTrie();
    const stack = (...leafFirst: number[]): number => trie.leafOf(Int32Array.from(leafFirst), leafFirst.length);
    const kept = stack(2, 1);
    trie.markPersisted();
    const lost = stack(3, 1);
    trie.rollBack();
    expect(stack(4, 1)).toBe(lost);
    expect(stack(3, 1)).toBe(lost + 1);
    trie.retain((id) => id !== kept);
    expect(stack(2, 1)).toBe(lost + 2);
  });
});

describe('LocationDictionary', () => {
  const location = (address: bigint, functions: number[]) => ({
    mapping: 0,
    addressLow: Number(BigInt.asIntN(32, address)),
    addressHigh: Number(BigInt.asIntN(32, address >> 32n)),
    folded: false,
    lineCount: functions.length,
    lines: functions.flatMap((fn) => [fn, fn * 10, 0]),
  });

  it('keeps addresses to the last bit and tells lines apart', () => {
    const dictionary = new LocationDictionary();
    const kept = [location(0xffff_ffff_8000_0001n, [1, 2]), location(0x7fff_ffff_8000_0001n, []), location(1n, [1])];
    const ids = kept.map((each) => dictionary.intern(each));
    expect(ids).toEqual([0, 1, 2]);
    expect(kept.map((each) => dictionary.intern(each))).toEqual(ids);
    expect(ids.map((id) => dictionary.get(id))).toEqual(kept);
    expect(dictionary.address(0)).toBe(0xffff_ffff_8000_0001n);
    expect(dictionary.intern({ ...location(1n, [1]), lines: [1, 11, 0] })).toBe(3);
    expect(dictionary.intern({ ...location(1n, [1]), lines: [1, 10, 0, 99] })).toBe(2);
  });

  it('takes pending locations back with their lines', () => {
    const dictionary = new LocationDictionary();
    dictionary.intern(location(1n, [1]));
    dictionary.markPersisted();
    dictionary.intern(location(2n, [2, 3]));
    dictionary.rollBack();
    expect(dictionary.intern(location(3n, [4]))).toBe(1);
    expect(dictionary.get(1)).toEqual(location(3n, [4]));
  });
});

describe('LabelUse', () => {
  it('forgets pairs whose transaction failed', () => {
    const uses = new LabelUse();
    uses.note(1, 2);
    uses.markPersisted();
    uses.note(1, 3);
    uses.note(1, 2);
    expect([uses.persisted, uses.length, uses.textOf(1)]).toEqual([1, 2, '1 3']);
    uses.rollBack();
    expect([...uses.labelSetsOf(1)]).toEqual([2]);
  });
});
