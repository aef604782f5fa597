import { describe, expect, it } from 'vitest';
import { type DiffPer, diffGraph } from '../../../protocol/index.ts';
import { AppError } from '../../../server/errors.ts';
import { createRandom } from '../../../server/profile/compare/random.ts';
import { computeDiff, computeTopWithIntervals } from '../../../server/profile/index.ts';
import { blockSumsFromText, type DrawnWindow } from '../../support/block-sums-from-text.ts';

/** `main;f` with a mean and a relative spread, and what stays alike. */
function windows(
  random: () => number,
  { mean, count = 16, spread = 0.2 }: { mean: number; count?: number; spread?: number },
) {
  const around = (value: number): number => Math.round(value * (1 + spread * (2 * random() - 1)));
  return Array.from({ length: count }, (): DrawnWindow => {
    const requests = around(100);
    const each = (value: number): number => Math.round((around(value) * requests) / 100);
    return { text: `main;f ${each(mean)}\nmain;same ${each(5_000)}\nmain;g;h ${each(800)}`, requests };
  });
}

const diffOf = (a: readonly DrawnWindow[], b: readonly DrawnWindow[], per: DiffPer = 'request') =>
  diffGraph.parse(computeDiff(blockSumsFromText(a), blockSumsFromText(b), { per, maxFrames: 0 }));

/** name of the leaf → [aTotal, aSelf, bTotal, bSelf]. */
function nodesByName({ nodes, frames }: ReturnType<typeof diffOf>) {
  return Object.fromEntries(
    nodes.frame.map((frame, i) => [
      frame < 0 ? `(${frame})` : frames[frame]?.name,
      [nodes.aTotal[i], nodes.aSelf[i], nodes.bTotal[i], nodes.bSelf[i]],
    ]),
  );
}

describe('a difference', () => {
  const a = [{ text: 'main;sort 30\nmain;find 10', requests: 4 }];
  const b = [{ text: 'main;find 12\nmain 2', requests: 2 }];

  it('has totals and selfs of both sides, per request', () => {
    expect(nodesByName(diffOf(a, b))).toEqual({
      '(-1)': [10, 0, 7, 0],
      main: [10, 0, 7, 1],
      find: [2.5, 2.5, 6, 6],
      sort: [7.5, 7.5, 0, 0],
    });
  });

  it.each([
    ['total', [40, 14]],
    ['second', [20, 7]],
    ['profile', [40, 14]],
  ] as const)('per %s', (per, [inA, inB]) => {
    const seconds = { seconds: 2 };
    const diff = diffOf(
      a.map((window) => ({ ...window, ...seconds })),
      b.map((window) => ({ ...window, ...seconds })),
      per,
    );
    expect([diff.a.total, diff.b.total]).toEqual([inA, inB]);
    expect(diff.whole.difference).toBeCloseTo(inB - inA, 9);
  });

  it('says that there are too few windows, with the difference all the same', () => {
    const diff = diffOf(a, b);
    expect(diff.whole).toEqual({ difference: -3, interval: 'too-few-windows', changed: null });
    expect(diff.largest).toBe('too-few-windows');
  });

  it.each([
    ['request', [{ text: 'main 1', requests: null }], 'no-request-counts'],
    ['request', [{ text: 'main 1', requests: 0 }], 'no-request-counts'],
    ['second', [{ text: 'main 1', requests: 1, seconds: 0 }], 'no-durations'],
  ] as const)('per %s of %j is refused as %s', (per, side, code) => {
    expect(() => diffOf(a, side, per)).toThrow(expect.objectContaining({ code }));
    expect(() => diffOf(side, a, per)).toThrow(AppError);
  });

  it('of trimmed trees keeps the totals of what it shows', () => {
    const whole = { a: blockSumsFromText(a), b: blockSumsFromText(b) };
    const diff = computeDiff(whole.a, whole.b, { per: 'total', maxFrames: 3 });
    expect(diff.nodes.frame).toEqual([-1, expect.any(Number), -2]);
    expect(diff.nodes.aTotal).toEqual([40, 40, 40]);
    expect(diff.nodes.bTotal).toEqual([14, 14, 12]);
    expect(diff.trimmed).toEqual({ nodes: 2, a: 40, b: 12 });
  });
});

describe('numbers beyond 2^53', () => {
  const most = 2 ** 53;
  const huge = `${2n ** 59n}`;
  const cheap = Array.from({ length: 8 }, (): DrawnWindow => ({ text: 'main;f 1\nmain;g 1', requests: 1 }));
  const dear = cheap.map((window) => ({ ...window, text: `main;f ${huge}\nmain;g 1` }));

  it('saturate in totals, differences and intervals alike', () => {
    const diff = diffOf(dear, cheap);
    expect(diff.saturated).toBe(true);
    expect(diff.a.total).toBe(most);
    expect(diff.whole).toEqual({ difference: -most, interval: expect.anything(), changed: true });
    expect(diff.whole.interval).toMatchObject({ low: -most, high: -most });
    expect(Array.isArray(diff.largest) && diff.largest[0]?.difference).toBe(-most);
  });

  it('do so where only a ratio is, and where only dividing makes them that large', () => {
    expect(diffOf(cheap, dear).whole.interval).toMatchObject({ ratio: { low: most, high: most } });
    const short = [{ text: `main;f ${2n ** 50n}`, requests: 1, seconds: 1e-6 }];
    const diff = diffOf(short, short, 'second');
    expect([diff.a.total, diff.saturated]).toEqual([most, true]);
  });

  it('are as they are once they are divided', () => {
    const side = [{ text: `main;f ${huge}`, requests: 256 }];
    const diff = diffOf(side, side);
    expect([diff.a.total, diff.whole.difference, diff.saturated]).toEqual([2 ** 51, 0, undefined]);
  });

  it('may be durations', () => {
    const years = [{ text: 'main 1', requests: 1, seconds: 1e7 }];
    const diff = diffOf(years, years);
    expect([diff.b.window.durationNanos, diff.saturated]).toEqual([most, true]);
  });
});

describe('a call of changed', () => {
  it('names what became dearer, not what stayed', () => {
    const random = createRandom(7);
    const diff = diffOf(windows(random, { mean: 1_000 }), windows(random, { mean: 2_000 }));
    const named = Array.isArray(diff.largest)
      ? diff.largest.filter(({ changed }) => changed).map(({ node }) => diff.frames[diff.nodes.frame[node] ?? 0]?.name)
      : [];
    expect(named).toContain('f');
    expect(named).not.toContain('same');
    expect(named).not.toContain('h');
    const f = Array.isArray(diff.largest)
      ? diff.largest.find(({ node }) => diff.frames[diff.nodes.frame[node] ?? 0]?.name === 'f')
      : undefined;
    expect(f?.interval.ratio?.low).toBeGreaterThan(1.7);
    expect(f?.interval.ratio?.high).toBeLessThan(2.4);
  });

  // Seeded, so the counts are the same on every machine; 5 % of 150 is 7.5, its 99.9 % bound 17.
  it.each([8, 64])(
    'is made of the whole in about 5 %% of comparisons of like with like, of a node in fewer, with %i windows',
    (count) => {
      const random = createRandom(count);
      let whole = 0;
      let any = 0;
      for (let round = 0; round < 150; round++) {
        const like = () => windows(random, { mean: 1_000, count, spread: 0.3 });
        const diff = diffOf(like(), like());
        if (diff.whole.changed) whole++;
        if (Array.isArray(diff.largest) && diff.largest.some(({ changed }) => changed)) any++;
      }
      expect(whole).toBeLessThanOrEqual(17);
      expect(any).toBeLessThanOrEqual(17);
    },
  );

  it.each([8, 16])('has an interval that holds the truth in about 95 %% of comparisons with %i windows', (count) => {
    const random = createRandom(100 + count);
    let held = 0;
    for (let round = 0; round < 150; round++) {
      const diff = diffOf(windows(random, { mean: 1_000, count }), windows(random, { mean: 1_500, count }));
      const f = Array.isArray(diff.largest)
        ? diff.largest.find(({ node }) => diff.frames[diff.nodes.frame[node] ?? 0]?.name === 'f')
        : undefined;
      if (f && f.interval.low <= 5 && f.interval.high >= 5) held++;
    }
    expect(held).toBeGreaterThanOrEqual(133);
  });
});

describe('a table', () => {
  it('has the interval of flat over the windows, null with fewer than 8', () => {
    const random = createRandom(3);
    const rowsOf = (count: number) =>
      computeTopWithIntervals(blockSumsFromText(windows(random, { mean: 1_000, count }))).rows;
    const same = rowsOf(16).find(({ name }) => name === 'same');
    expect(same?.flatLow).toBeLessThan(same?.flat ?? 0);
    expect(same?.flatHigh).toBeGreaterThan(same?.flat ?? 0);
    expect((same?.flatHigh ?? 0) - (same?.flatLow ?? 0)).toBeLessThan(0.3 * (same?.flat ?? 0));
    expect(rowsOf(7).every(({ flatLow, flatHigh }) => flatLow === null && flatHigh === null)).toBe(true);
  });
});
