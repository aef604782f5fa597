import type { LabelSet, Profile } from '../../server/profile/index.ts';
import { ProfileBuilder } from './profile-builder.ts';

export interface PlausibleOptions {
  readonly timeNanos: bigint;
  readonly durationNanos?: bigint;
  /** Values are whole numbers in (-most, most); about one in eight is negative. */
  readonly most?: number;
}

/**
 * A profile as a program might bring it, drawn at random: inlined frames, recursion, generic functions, several mappings,
 * addresses without symbols, labels with strings and numbers, deltas below 0. Function names are unique, since `go tool pprof`
 * knows functions by name alone.
 */
export function plausibleProfile(random: () => number, options: PlausibleOptions): Profile {
  const below = (limit: number): number => Math.floor(random() * limit);
  const pick = <T>(items: readonly [T, ...T[]]): T => items[below(items.length)] ?? items[0];
  const builder = new ProfileBuilder([
    { type: 'samples', unit: 'count' },
    { type: 'cpu', unit: 'nanoseconds' },
  ]);
  const functions = NAMES.map((name, i) => builder.function(name, FILES[i % FILES.length] ?? '', 1 + 10 * i));
  const mappings = ['/bin/shop', '/lib/libc.so.6'].map((file, i) =>
    builder.mapping({ file, start: BigInt(i + 1) << 32n, limit: (BigInt(i + 1) << 32n) + 0x10000n }),
  );
  const locations = Array.from({ length: 24 }, (_, i) => {
    const mapping = i % 7 === 0 ? 1 : 0;
    const inlined = mapping === 1 ? below(2) : 1 + Math.max(0, below(5) - 2);
    return builder.location(`${i}`, {
      mapping: mappings[mapping] ?? 0,
      address: (BigInt(mapping + 1) << 32n) + BigInt(i * 16),
      lines: Array.from({ length: inlined }, () => {
        const functionIndex = functions[below(functions.length)] ?? 0;
        return { functionIndex, line: 1 + 10 * functionIndex + below(5) };
      }),
    });
  });
  const labels = (): LabelSet => [
    ...(below(3) === 0 ? [] : [{ key: 'tenant', text: pick(['a', 'b', 'ü']), number: null, unit: '' }]),
    ...(below(3) === 0 ? [{ key: 'bytes', text: '', number: BigInt(pick([16, 4096])), unit: 'bytes' }] : []),
  ];
  for (let i = 20 + below(60); i > 0; i--) {
    const stack = Array.from({ length: 1 + below(10) }, () => locations[below(locations.length)] ?? 0);
    const value = BigInt(1 + below(options.most ?? 1e9)) * (below(8) === 0 ? -1n : 1n);
    builder.addSample(stack, [value % 97n, value], labels());
  }
  return builder.build({
    periodType: { type: 'cpu', unit: 'nanoseconds' },
    period: 10_000_000n,
    timeNanos: options.timeNanos,
    durationNanos: options.durationNanos ?? 1_000_000_000n,
  });
}

const FILES = ['/src/shop/main.go', '/src/shop/cart.go', '/go/src/sort/sort.go'];
const NAMES = [
  'main.main',
  'main.(*Server).handle',
  'main.(*Server).handle.func1',
  'main.total[go.shape.int]',
  'shop/cart.Total',
  'shop/cart.(*Cart).Add',
  'sort.Slice',
  'sort.insertionSort_func',
  'runtime.mallocgc',
  'runtime.κ',
];
