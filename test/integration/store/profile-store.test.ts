import { describe, expect, it } from 'vitest';
import { AppError } from '../../../server/errors.ts';
import { mergeProfiles } from '../../../server/profile/merge-profiles.ts';
import type { Profile } from '../../../server/profile/profile.ts';
import { parseSelector } from '../../../server/store/index.ts';
import { cellsAsText, drawnProfile, openTestStore, select, sumsAsText, T0 } from './store-fixture.ts';

/** Each question is asked of memory and, after opening again, of the file: the answers are the same. */
async function answeredTwice<T>(
  profiles: readonly ReturnType<typeof drawnProfile>[],
  ask: (store: Awaited<ReturnType<typeof openTestStore>>) => Promise<T>,
): Promise<T> {
  const first = await openTestStore();
  for (const profile of profiles) await first.append(profile);
  const fromMemory = await ask(first);
  await first.close();
  const second = await openTestStore({ dir: first.dir });
  expect(await ask(second)).toEqual(fromMemory);
  return fromMemory;
}

async function codeOf(task: Promise<unknown>): Promise<{ code: string; detail: unknown }> {
  const error = await task.then(
    () => new Error('nothing was refused'),
    (failure: unknown) => failure,
  );
  if (error instanceof AppError) return { code: error.code, detail: error.detail };
  throw error;
}

const fleet = [
  drawnProfile('main;a {tenant=t1} 1 10\nmain;b {tenant=t2,bytes:64} 2 20', {
    labels: { service: 'search', version: 'v1' },
    timeMillis: T0,
    requests: 5,
  }),
  drawnProfile('main;a {tenant=t1} 4 40\nmain;c 8 80', {
    labels: { service: 'search', version: 'v2' },
    timeMillis: T0 + 1_000,
    requests: 6,
  }),
  drawnProfile('main;d {tenant=other} 16 160', {
    labels: { service: 'checkout', version: 'v1', tenant: 'series-wins' },
    timeMillis: T0 + 2_000,
  }),
];

describe('sums', () => {
  it('are by path of functions, inlined ones expanded, over profiles and builds', async () => {
    const profiles = [
      drawnProfile('main;work;sort+less 1 10\nmain;idle 2 20', { timeMillis: T0 }),
      drawnProfile('main;work;sort+less 3 30', { timeMillis: T0 + 1_000, base: 0x1000n }),
    ];
    const sums = await answeredTwice(profiles, (store) => store.sumByStack(select(), null));
    expect(sumsAsText(sums)).toEqual(['main;idle 20', 'main;work;sort;less 40']);
    expect(sums.type).toEqual({ type: 'cpu', unit: 'nanoseconds' });
    expect(sums.window).toEqual({
      from: T0,
      to: T0 + 2_000,
      profiles: 2,
      requests: null,
      durationNanos: 2_000_000_000n,
    });
  });

  it.each([
    ['', ['main;a 50', 'main;b 20', 'main;c 80', 'main;d 160']],
    ['{service="search"}', ['main;a 50', 'main;b 20', 'main;c 80']],
    ['{service="search",version!="v1"}', ['main;a 40', 'main;c 80']],
    ['{tenant=~"t.*"}', ['main;a 50', 'main;b 20']],
    ['{tenant=""}', ['main;c 80']],
    ['{tenant!=""}', ['main;a 50', 'main;b 20', 'main;d 160']],
    ['{tenant="other"}', []],
    ['{tenant="series-wins"}', ['main;d 160']],
    ['{bytes="64"}', ['main;b 20']],
    ['{tenant="t1",version="v2"}', ['main;a 40']],
    ['{nothing="x"}', []],
    ['{constructor=""}', ['main;a 50', 'main;b 20', 'main;c 80', 'main;d 160']],
  ])('of %s hold series labels first, then sample labels', async (match, expected) => {
    const sums = await answeredTwice(fleet, (store) => store.sumByStack(select(match), null));
    expect(sumsAsText(sums)).toEqual(expected);
  });

  it('take a profile whose start lies in [from, to)', async () => {
    const counts = await answeredTwice(fleet, async (store) => {
      const profilesIn = async (from: number | null, to: number | null) =>
        (await store.sumByStack(select('', { from, to }), null)).window.profiles;
      return [
        await profilesIn(T0, T0 + 1_000),
        await profilesIn(T0 + 1, T0 + 1_001),
        await profilesIn(null, T0),
        await profilesIn(T0 + 2_000, null),
        await profilesIn(T0 + 0.5, null),
      ];
    });
    expect(counts).toEqual([1, 1, 0, 1, 2]);
  });

  it('find the windows of a time range among others that arrived between them', async () => {
    const times = [5, 1, 4, 2, 3];
    const profiles = times.map((time) => drawnProfile(`main;t${time} 1 1`, { timeMillis: T0 + time }));
    const sums = await answeredTwice(profiles, (store) =>
      store.sumByStack(select('', { from: T0 + 2, to: T0 + 5 }), 'samples'),
    );
    expect(sumsAsText(sums)).toEqual(['main;t2 1', 'main;t3 1', 'main;t4 1']);
  });

  it('know the requests of all windows or say that they do not', async () => {
    const requests = await answeredTwice(fleet, async (store) => [
      (await store.sumByStack(select('{service="search"}'), null)).window.requests,
      (await store.sumByStack(select(), null)).window.requests,
    ]);
    expect(requests).toEqual([11, null]);
  });

  it('keep negative values, and 64 bits to the last unit', async () => {
    const big = 2n ** 62n + 1n;
    const profiles = [
      drawnProfile(`main;a ${big} -7\nmain;b -3 4`, { timeMillis: T0 }),
      drawnProfile('main;a 1 -7\nmain;b 3 4', { timeMillis: T0 + 1 }),
    ];
    const [samples, cpu] = await answeredTwice(profiles, async (store) => [
      sumsAsText(await store.sumByStack(select(), 'samples')),
      sumsAsText(await store.sumByStack(select(), 'cpu')),
    ]);
    expect(samples).toEqual([`main;a ${big + 1n}`, 'main;b 0']);
    expect(cpu).toEqual(['main;a -14', 'main;b 8']);
  });

  it('refuse a sum beyond 64 bits rather than wrap', async () => {
    const profiles = [1, 2].map((at) => drawnProfile(`main 1 ${2n ** 63n - 1n}`, { timeMillis: T0 + at }));
    const refusal = await answeredTwice(profiles, (store) => codeOf(store.sumByStack(select(), null)));
    expect(refusal.code).toBe('over-limit');
  });

  it('find any of more than four sample types', async () => {
    const types = ['a/x', 'b/x', 'c/x', 'd/x', 'e/y', 'f/z'];
    const profiles = [
      drawnProfile('main 1 2 3 4 5 6', { types, defaultType: 4 }),
      drawnProfile('main 10 20 30 40 50 60', { types, defaultType: 4 }),
    ];
    const found = await answeredTwice(profiles, async (store) => [
      sumsAsText(await store.sumByStack(select(), 'd')),
      sumsAsText(await store.sumByStack(select(), 'f')),
      sumsAsText(await store.sumByStack(select(), null)),
    ]);
    expect(found).toEqual([['main 44'], ['main 66'], ['main 55']]);
  });

  it('give values that are samples times the period back as they came', async () => {
    const drawn = { period: 10_000_000n, periodType: 1 };
    const profiles = [
      drawnProfile('main;a 3 30000000\nmain;b 1 10000000', { ...drawn, timeMillis: T0 }),
      drawnProfile('main;a 3 30000001', { ...drawn, timeMillis: T0 + 1 }),
      drawnProfile('main;a 1 10000000', { ...drawn, timeMillis: T0 + 2 }),
    ];
    const merged = await answeredTwice(profiles, async (store) => [
      sumsAsText(await store.sumByStack(select(), 'cpu')),
      sumsAsText(await store.sumByStack(select(), 'samples')),
    ]);
    expect(merged).toEqual([
      ['main;a 70000001', 'main;b 10000000'],
      ['main;a 7', 'main;b 1'],
    ]);
  });

  it('name what exists when the type or the kind does not', async () => {
    const store = await openTestStore();
    expect(await codeOf(store.sumByStack(select(), null))).toEqual({ code: 'no-data', detail: { kinds: [] } });
    await store.append(drawnProfile('main 1 1'));
    expect(await codeOf(store.sumByStack(select('', { kind: 'heap' }), null))).toEqual({
      code: 'no-data',
      detail: { kinds: ['cpu'] },
    });
    expect(await codeOf(store.sumByStack(select(), 'wall'))).toEqual({
      code: 'unknown-sample-type',
      detail: { types: ['samples', 'cpu'] },
    });
  });

  it('saturate beyond 2^53 and say so', async () => {
    const store = await openTestStore();
    await store.append(drawnProfile(`main 1 ${2n ** 62n}`));
    const table = await store.series(select(), { type: null, stepMillis: 1_000, by: [] });
    expect([table.series[0]?.points[0]?.[1], table.saturated]).toEqual([2 ** 53, true]);
  });

  it('of nothing are empty, with the type that was meant', async () => {
    const sums = await answeredTwice(fleet, (store) => store.sumByStack(select('{service="none"}'), null));
    expect(sums.values.length).toBe(0);
    expect(sums.window).toEqual({ from: null, to: null, profiles: 0, requests: 0, durationNanos: 0n });
    expect(sums.type.type).toBe('cpu');
  });

  it('show an idle service as a profile without stacks', async () => {
    const sums = await answeredTwice([drawnProfile('', { timeMillis: T0 })], (store) =>
      store.sumByStack(select(), null),
    );
    expect(sums.window.profiles).toBe(1);
    expect(sums.values.length).toBe(0);
  });
});

describe('merge', () => {
  it('equals the merge of all the profiles', async () => {
    const profiles = [
      ...fleet,
      drawnProfile('main;a+i {tenant=t1} 0 0\nmain;z -1 5', {
        labels: { service: 'search', version: 'v3' },
        timeMillis: T0 + 500,
        base: 0x5000n,
        period: 7n,
        comments: ['one', 'two'],
      }),
    ];
    const merged = await answeredTwice(profiles, (store) => store.merge(select()));
    const expected = mergeProfiles(profiles.map(({ profile }) => profile));
    expect(describeProfile(merged)).toEqual(describeProfile(expected));
  });

  it('refuses profiles that measure different things', async () => {
    const store = await openTestStore();
    await store.append(drawnProfile('main 1 1', { labels: { service: 'a' } }));
    await store.append(drawnProfile('main 1', { labels: { service: 'b' }, types: ['cpu/nanoseconds'] }));
    expect((await codeOf(store.merge(select()))).code).toBe('inconsistent-profile');
    expect((await store.merge(select('{service="b"}'))).samples.count).toBe(1);
    expect(sumsAsText(await store.sumByStack(select(), 'cpu'))).toEqual(['main 2']);
  });

  it('of nothing is a profile with sample types and no samples', async () => {
    const store = await openTestStore();
    await store.append(drawnProfile('main 1 1'));
    const merged = await store.merge(select('{service="none"}'));
    expect(merged.sampleTypes.map(({ type }) => type)).toEqual(['samples', 'cpu']);
    expect(merged.samples.count).toBe(0);
  });
});

describe('labels and kinds', () => {
  it('are those of series and of samples', async () => {
    const answers = await answeredTwice([...fleet, drawnProfile('main 1 1', { kind: 'heap' })], async (store) => ({
      names: await store.labelNames(),
      kinds: await store.kinds(),
      tenants: await store.labelValues('tenant', []),
      tenantsOfV2: await store.labelValues('tenant', parseSelector('{version="v2"}')),
      versionsOfT1: await store.labelValues('version', parseSelector('{tenant="t1"}')),
      bytes: await store.labelValues('bytes', []),
      none: await store.labelValues('toString', []),
    }));
    expect(answers).toEqual({
      names: ['bytes', 'service', 'tenant', 'version'],
      kinds: ['cpu', 'heap'],
      tenants: ['series-wins', 't1', 't2'],
      tenantsOfV2: ['t1'],
      versionsOfT1: ['v1', 'v2'],
      bytes: ['64'],
      none: [],
    });
  });
});

describe('series and windows', () => {
  it('sum to what the flame graph shows, per step and label', async () => {
    const idle = drawnProfile('', { labels: { service: 'search', version: 'v2' }, timeMillis: T0 + 9_000 });
    const answers = await answeredTwice([...fleet, idle], async (store) => ({
      whole: await store.series(select(), { type: null, stepMillis: 2_000, by: [] }),
      tenants: await store.series(select('{service="search"}'), {
        type: 'samples',
        stepMillis: 60_000,
        by: ['tenant'],
      }),
      versions: await store.series(select('{service="search"}'), { type: null, stepMillis: 1_000, by: ['version'] }),
    }));
    expect(answers.whole).toEqual({
      unit: 'nanoseconds',
      series: [
        {
          labels: {},
          points: [
            [T0, 150],
            [T0 + 2_000, 160],
            [T0 + 8_000, 0],
          ],
        },
      ],
    });
    expect(answers.tenants.series).toEqual([
      { labels: { tenant: '' }, points: [[T0, 8]] },
      { labels: { tenant: 't1' }, points: [[T0, 5]] },
      { labels: { tenant: 't2' }, points: [[T0, 2]] },
    ]);
    expect(answers.versions.series).toEqual([
      { labels: { version: 'v1' }, points: [[T0, 30]] },
      {
        labels: { version: 'v2' },
        points: [
          [T0 + 1_000, 120],
          [T0 + 9_000, 0],
        ],
      },
    ]);
  });
});

describe('blocks of windows', () => {
  const five = [3, 0, 4, 1, 2].map((second) =>
    drawnProfile(`main;work;sort+less {tenant=t${second % 2}} 1 ${10 + second}`, {
      timeMillis: T0 + second * 1_000,
      requests: second,
      base: BigInt(second) * 0x1000n,
    }),
  );

  it.each([
    [2, ['0: main;work;sort;less 33', '1: main;work;sort;less 27'], [3, 2], [3, 7]],
    [
      9,
      [10, 11, 12, 13, 14].map((value, at) => `${at}: main;work;sort;less ${value}`),
      [1, 1, 1, 1, 1],
      [0, 1, 2, 3, 4],
    ],
  ])(
    '%i at most, in the order of time, have their sums, profiles and requests',
    async (most, cells, profiles, requests) => {
      const answer = await answeredTwice(five, async (store) => {
        const { blocks, ...sums } = await store.sumByBlock(select(), null, most);
        return {
          blocks,
          cells: cellsAsText({ blocks, ...sums }),
          whole: sumsAsText(sums.sums),
          window: sums.sums.window,
        };
      });
      expect(answer.cells).toEqual(cells);
      expect(answer.blocks.map((block) => block.profiles)).toEqual(profiles);
      expect(answer.blocks.map((block) => block.requests)).toEqual(requests);
      const before = profiles.map((_, block) => profiles.slice(0, block).reduce((sum, count) => sum + count, 0));
      expect(answer.blocks.map((block) => block.from)).toEqual(before.map((count) => T0 + 1_000 * count));
      expect(answer.whole).toEqual(['main;work;sort;less 60']);
      expect(answer.window).toMatchObject({ profiles: 5, requests: 10, from: T0, to: T0 + 5_000 });
    },
  );

  it('hold what a selector reaches, over series of several services', async () => {
    const answer = await answeredTwice(fleet, async (store) =>
      cellsAsText(await store.sumByBlock(select('{tenant!=""}'), 'cpu', 8)),
    );
    expect(answer).toEqual(['0: main;a 10', '0: main;b 20', '1: main;a 40', '2: main;d 160']);
  });

  it('are none where there is no window', async () => {
    const none = await answeredTwice(fleet, (store) => store.sumByBlock(select('', { to: T0 }), 'cpu', 8));
    expect(none).toMatchObject({ blocks: [], sums: { window: { profiles: 0 } } });
  });
});

describe('the extent of a selection', () => {
  it.each([
    ['{service="search"}', {}, { profiles: 2, firstMillis: T0, lastMillis: T0 + 1_000 }],
    ['', { from: T0 + 1_000 }, { profiles: 2, firstMillis: T0 + 1_000, lastMillis: T0 + 2_000 }],
    ['{service="none"}', {}, { profiles: 0, firstMillis: null, lastMillis: null }],
    ['', { kind: 'heap' }, { profiles: 0, firstMillis: null, lastMillis: null }],
  ])('of %s %o counts windows', async (match, more, expected) => {
    expect(await answeredTwice(fleet, (store) => store.extent(select(match, more)))).toEqual(expected);
  });
});

describe('metrics', () => {
  it('come back as means per step and labels', async () => {
    const store = await openTestStore();
    const point = (service: string, atMillis: number, value: number) => ({
      name: 'rps',
      unit: '1/s',
      labels: { service },
      atMillis,
      value,
    });
    await store.appendMetrics([
      point('a', T0, 10),
      point('a', T0 + 500, 20),
      point('a', T0 + 1_000, 40),
      point('b', T0, 1),
    ]);
    const options = { from: T0, to: T0 + 2_000, stepMillis: 1_000 };
    expect(await store.metrics('rps', [], options)).toEqual({
      unit: '1/s',
      series: [
        {
          labels: { service: 'a' },
          points: [
            [T0, 15],
            [T0 + 1_000, 40],
          ],
        },
        { labels: { service: 'b' }, points: [[T0, 1]] },
      ],
    });
    expect((await store.metrics('rps', parseSelector('{service="b"}'), options)).series).toHaveLength(1);
    expect(await store.metrics('none', [], options)).toEqual({ unit: '', series: [] });
  });
});

describe('append', () => {
  it('makes each of many parallel profiles visible when it acknowledges it', async () => {
    const store = await openTestStore();
    const seen = await Promise.all(
      Array.from({ length: 100 }, async (_, index) => {
        const labels = { service: 'search', instance: `i${index}` };
        const { id } = await store.append(drawnProfile(`main;f${index} 1 1`, { labels, timeMillis: T0 + index }));
        const sums = await store.sumByStack(select(`{instance="i${index}"}`), null);
        return { id, text: sumsAsText(sums) };
      }),
    );
    expect(seen.map(({ text }) => text)).toEqual(seen.map((_, index) => [`main;f${index} 1`]));
    expect(new Set(seen.map(({ id }) => id)).size).toBe(100);
    expect((await store.stats()).profiles).toBe(100);
  });

  it('keeps every byte of a name', async () => {
    const name = 'main.(*T[go.shape.int]).Do·"\\\u0000é🔥';
    const entry = drawnProfile('x 1 1');
    const functions = [{ name, systemName: `_${name}`, file: `/${name}`, startLine: 3 }];
    const profile = { ...entry, profile: { ...entry.profile, functions } };
    const merged = await answeredTwice([profile], (store) => store.merge(select()));
    expect(merged.functions).toEqual(functions);
  });

  it('refuses what arrives after the close', async () => {
    const store = await openTestStore();
    await store.close();
    expect((await codeOf(store.append(drawnProfile('main 1 1')))).code).toBe('internal');
  });
});

/** Everything of a profile but the order of its parts. */
function describeProfile(profile: Profile) {
  const { locations, stacks, samples, functions, mappings, labelSets, ...head } = profile;
  const locationText = (index: number): string => {
    const lines = Array.from(
      { length: (locations.lineStart[index + 1] ?? 0) - (locations.lineStart[index] ?? 0) },
      (_, at) => {
        const line = (locations.lineStart[index] ?? 0) + at;
        return `${JSON.stringify(functions[locations.lineFunction[line] ?? 0])}:${locations.lineNumber[line]}:${locations.lineColumn[line]}`;
      },
    );
    const mapping = mappings[locations.mapping[index] ?? -1];
    return `${locations.address[index]} ${mapping?.file} ${mapping?.buildId} ${locations.folded[index]} ${lines.join('<')}`;
  };
  const types = profile.sampleTypes.length;
  const rows = Array.from({ length: samples.count }, (_, sample) => {
    const stack = samples.stack[sample] ?? 0;
    const path = Array.from(stacks.location.subarray(stacks.start[stack], stacks.start[stack + 1]), locationText);
    const labels = (labelSets[samples.labelSet[sample] ?? 0] ?? []).map(
      ({ key, text, number }) => `${key}=${text}${number}`,
    );
    return `${path.join(' | ')} {${labels.join()}} ${samples.values.slice(sample * types, (sample + 1) * types).join()}`;
  });
  return {
    head,
    rows: rows.sort(),
    mappings: mappings.map(({ buildId }) => buildId).sort(),
    functions: functions.map(({ name }) => name).sort(),
  };
}
