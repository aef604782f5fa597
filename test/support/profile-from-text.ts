import type { Profile } from '../../server/profile/profile.ts';
import { NO_PROFILE } from './quiet-lab.ts';

/** `main.a;main.b 10` per line, root first: a CPU profile in nanoseconds with one function per location. */
export function profileFromText(text: string): Profile {
  const names: string[] = [];
  const start = [0];
  const location: number[] = [];
  const values: bigint[] = [];
  for (const row of text.trim().split(/\n\s*/)) {
    const [path = '', value = '0'] = row.split(' ');
    for (const name of path.split(';').reverse()) {
      if (!names.includes(name)) names.push(name);
      location.push(names.indexOf(name));
    }
    start.push(location.length);
    values.push(BigInt(value));
  }
  const each = names.map((_, i) => i);
  const stacks = values.map((_, i) => i);
  return {
    ...NO_PROFILE,
    functions: names.map((name) => ({ name, systemName: name, file: `${name.split('.')[1]}.go`, startLine: 1 })),
    mappings: [],
    locations: {
      count: names.length,
      mapping: Int32Array.from(each, () => -1),
      address: BigUint64Array.from(each, (i) => BigInt(0x1000 + i)),
      folded: Uint8Array.from(each, () => 0),
      lineStart: Uint32Array.from([...each, names.length]),
      lineFunction: Uint32Array.from(each),
      lineNumber: Float64Array.from(each, () => 1),
      lineColumn: Float64Array.from(each, () => 0),
    },
    stacks: { count: stacks.length, start: Uint32Array.from(start), location: Uint32Array.from(location) },
    samples: {
      count: stacks.length,
      stack: Uint32Array.from(stacks),
      labelSet: Uint32Array.from(stacks, () => 0),
      values: BigInt64Array.from(values),
    },
  };
}
