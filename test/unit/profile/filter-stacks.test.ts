import { describe, expect, it } from 'vitest';
import { filterStacks } from '../../../server/profile/filter-stacks.ts';
import type { StackSums } from '../../../server/profile/stack-sums.ts';

/** `a;b 10` per line, root first; a function `pkg/f@file.go` lies in file.go. */
function sumsFromText(text: string): StackSums {
  const names: string[] = [];
  const start = [0];
  const frame: number[] = [];
  const values: bigint[] = [];
  for (const row of text.trim().split(/\n\s*/)) {
    const [path = '', value = '0'] = row.split(' ');
    for (const name of path.split(';').reverse()) {
      if (!names.includes(name)) names.push(name);
      frame.push(names.indexOf(name));
    }
    start.push(frame.length);
    values.push(BigInt(value));
  }
  return {
    type: { type: 'cpu', unit: 'nanoseconds' },
    functions: names.map((text) => {
      const [name = '', file = ''] = text.split('@');
      return { name, systemName: name, file, startLine: 0 };
    }),
    start: Uint32Array.from(start),
    frame: Uint32Array.from(frame),
    line: Float64Array.from(frame, (_, i) => i),
    values: BigInt64Array.from(values),
    window: { from: null, to: null, profiles: 1, requests: null, durationNanos: 0n },
  };
}

function textFromSums(sums: StackSums): string[] {
  return [...sums.values].map((value, i) => {
    const frames = [...sums.frame.subarray(sums.start[i], sums.start[i + 1])].reverse();
    return `${frames.map((frame) => sums.functions[frame]?.name).join(';')} ${value}`;
  });
}

const none = { focus: null, ignore: null, hide: null };
const sums = sumsFromText(`
  a;b;c 10
  a;d@disk.go 5
  b -3`);
const filtered = (patterns: Partial<typeof none> | Record<string, string>) =>
  textFromSums(filterStacks(sums, { ...none, ...patterns }));

describe('filterStacks', () => {
  it('is the worked example of its comment', () => {
    expect(filtered({ focus: 'c' })).toEqual(['a;b;c 10']);
    expect(filtered({ ignore: 'd' })).toEqual(['a;b;c 10', 'b -3']);
    expect(filtered({ hide: 'b' })).toEqual(['a;c 10', 'a;d 5']);
  });

  it('matches file names too, and anywhere in the text', () => {
    expect(filtered({ focus: 'disk\\.go$' })).toEqual(['a;d 5']);
  });

  it('lets ignore win over focus', () => {
    expect(filtered({ focus: '^a$', ignore: '^c$' })).toEqual(['a;d 5']);
  });

  it('drops a stack whose every frame is hidden', () => {
    expect(filtered({ hide: '.' })).toEqual([]);
  });

  it('keeps each frame’s own line', () => {
    const kept = filterStacks(sums, { ...none, hide: '^b$' });
    expect([...kept.line]).toEqual([0, 2, 3, 4]);
    expect([...kept.start]).toEqual([0, 2, 4]);
  });

  it('without a pattern is the same object', () => {
    expect(filterStacks(sums, none)).toBe(sums);
  });

  it.each(['(', '(?=a)', '\\C', 'a{1001}'])('refuses %s, which is not RE2, by the parameter’s name', (pattern) => {
    expect(() => filtered({ focus: pattern })).toThrow(/The pattern focus is not RE2/);
  });

  it('refuses a pattern of more than 1,024 characters', () => {
    expect(() => filtered({ hide: 'a'.repeat(1_025) })).toThrow(/1025 characters; at most 1024/);
  });
});
