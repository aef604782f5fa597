import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SampleType } from '../../../protocol/index.ts';
import {
  computeTop,
  gunzipProfile,
  mergeProfiles,
  type Profile,
  readProfile,
  stackSumsFromProfile,
  writeProfile,
} from '../../../server/profile/index.ts';
import { plainFromPprofFormat, plainFromProfile } from '../../support/decoded-profile.ts';
import { ensureGoProfiles, type GoProfiles } from '../../support/go-profiles.ts';

const run = promisify(execFile);
const KINDS = ['cpu-0', 'cpu-1', 'heap', 'allocs', 'goroutine', 'mutex', 'block'];
const folder = mkdtempSync(join(tmpdir(), 'flamelab-profile-test-'));
let made: GoProfiles;

beforeAll(async () => {
  made = await ensureGoProfiles({ windows: 2, millis: 500 });
});
afterAll(() => rmSync(folder, { recursive: true }));

const fileOf = (kind: string) => join(made.folder, `${kind}.pb.gz`);
const inflated = (path: string) => gunzipProfile(new Uint8Array(readFileSync(path)));
const goToolPprof = async (...args: string[]) =>
  (await run('go', ['tool', 'pprof', '-symbolize=none', ...args], { maxBuffer: 64 * 1024 * 1024 })).stdout;

function written(name: string, profile: Profile): string {
  const path = join(folder, name);
  writeFileSync(path, gzipSync(writeProfile(profile)));
  return path;
}

describe.each(KINDS)('a %s profile of a Go program', (kind) => {
  test('is read as pprof-format decodes it', () => {
    const bytes = inflated(fileOf(kind));
    const plain = plainFromProfile(readProfile(bytes));
    expect(plain.samples.length).toBeGreaterThan(0);
    expect(plain).toEqual(plainFromPprofFormat(bytes));
  });

  test('is the same to go tool pprof -raw after reading and writing', async () => {
    const copy = written(`${kind}.pb.gz`, readProfile(inflated(fileOf(kind))));
    expect(await goToolPprof('-raw', copy)).toBe(await goToolPprof('-raw', fileOf(kind)));
  });

  test('has the flat and cumulative values of go tool pprof -top, for every sample type', async () => {
    const profile = readProfile(inflated(fileOf(kind)));
    for (const sampleType of profile.sampleTypes) {
      const { type } = sampleType;
      expect(ownTop(profile, type), type).toEqual(await goTop(sampleType, fileOf(kind)));
    }
  });
});

test('a merge is what go tool pprof -proto makes of the same files', async () => {
  const paths = ['cpu-0', 'cpu-1'].map(fileOf);
  const merged = mergeProfiles(paths.map((path) => readProfile(inflated(path))));
  const theirs = join(folder, 'theirs.pb.gz');
  await goToolPprof('-proto', `-output=${theirs}`, ...paths);
  const expected = plainFromProfile(readProfile(inflated(theirs)));
  const plain = plainFromProfile(readProfile(writeProfile(merged)));
  expect(plain.header).toEqual(expected.header);
  expect(sorted(plain.samples)).toEqual(sorted(expected.samples));
  expect(ownTop(merged, 'cpu')).toEqual(await goTop({ type: 'cpu', unit: 'nanoseconds' }, ...paths));
});

test('values beyond 2^53, negative and mixed ones survive go tool pprof', async () => {
  const profile = readProfile(inflated(fileOf('heap')));
  const values = profile.samples.values.map((value, i) => value * (i % 3 === 0 ? -1n : 2n ** 41n));
  const extreme = { ...profile, samples: { ...profile.samples, values } };
  const theirs = join(folder, 'extreme.pb.gz');
  await goToolPprof('-proto', `-output=${theirs}`, written('own.pb.gz', extreme));
  expect(sorted(plainFromProfile(readProfile(inflated(theirs))).samples)).toEqual(
    sorted(plainFromProfile(mergeProfiles([extreme])).samples),
  );
});

function sorted(
  samples: readonly { stack: readonly string[]; labels: readonly string[]; values: readonly bigint[] }[],
) {
  return samples.map(({ stack, labels, values }) => [...stack, [...labels].sort(), ...values].join('\n')).sort();
}

/** The units in which pprof prints whole numbers. */
const PRINTED_UNITS: Record<string, string> = { nanoseconds: 'ns', bytes: 'B', count: 'count' };

/** `name` → flat and cum; pprof knows functions by name only. */
type Top = Map<string, { flat: number; cum: number }>;

function ownTop(profile: Profile, type: string): Top {
  const rows = computeTop(stackSumsFromProfile(profile, type)).rows;
  return new Map(rows.map(({ name, flat, cum }) => [name, { flat, cum }]));
}

async function goTop({ type, unit }: SampleType, ...paths: string[]): Promise<Top> {
  const all = [
    '-nodecount=0',
    '-nodefraction=0',
    '-edgefraction=0',
    `-unit=${PRINTED_UNITS[unit] ?? unit}`,
    `-sample_index=${type}`,
  ];
  const text = await goToolPprof('-top', ...all, ...paths);
  const top: Top = new Map();
  for (const line of text.slice(text.indexOf('flat%')).split('\n').slice(1)) {
    const row = /^\s*(-?\d+)\S*\s+\S+\s+\S+\s+(-?\d+)\S*\s+\S+\s+(.*?)(?: \((?:partial-)?inline\))?$/.exec(line);
    if (row !== null) top.set(row[3] ?? '', { flat: Number(row[1]), cum: Number(row[2]) });
  }
  return top;
}
