import { deepStrictEqual } from 'node:assert';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Profile as PprofProfile } from 'pprof-format';
import { gunzipProfile, readProfile } from '../../server/profile/index.ts';
import { plainFromPprofFormat, plainFromProfile } from '../support/decoded-profile.ts';
import { ensureGoProfiles } from '../support/go-profiles.ts';
import { type Figure, median } from './figure.ts';

const MUST = 6;
const RUNS = 11;
/** One run reads for about as long with either reader, so that both see the same machine. */
const RUN_MILLIS = 150;
const WARM_UP_MILLIS = 500;

/**
 * Reading real 1 s CPU profiles of a Go web server, already inflated: stacks, inlining, values, labels, nothing deferred.
 * Both readers get the same bytes in turns, after their results were compared sample by sample.
 */
export async function measureRead(): Promise<Figure> {
  const profiles = await loadProfiles();
  for (const bytes of profiles) deepStrictEqual(plainFromProfile(readProfile(bytes)), plainFromPprofFormat(bytes));
  const own = () => profiles.map((bytes) => readProfile(bytes));
  const reference = () => profiles.map((bytes) => PprofProfile.decode(bytes));
  measureMicros(own, WARM_UP_MILLIS);
  measureMicros(reference, WARM_UP_MILLIS);
  const rounds = Array.from({ length: RUNS }, () => ({
    own: measureMicros(own, RUN_MILLIS) / profiles.length,
    reference: measureMicros(reference, RUN_MILLIS) / profiles.length,
  }));
  const ratio = median(rounds.map((round) => round.reference / round.own));
  return {
    id: 'read',
    title: 'reading a 1 s CPU profile',
    value: median(rounds.map((round) => round.own)),
    unit: 'µs',
    reference: { title: "pprof-format's decode", value: median(rounds.map((round) => round.reference)) },
    ratio,
    must: `≥ ${MUST} × faster`,
    ok: ratio >= MUST,
    runs: rounds.map((round) => round.own),
  };
}

async function loadProfiles(): Promise<Uint8Array[]> {
  const { folder, names } = await ensureGoProfiles({ windows: 6, millis: 1000 });
  const cpu = names.filter((name) => name.startsWith('cpu-'));
  return Promise.all(cpu.map(async (name) => gunzipProfile(new Uint8Array(await readFile(join(folder, name))))));
}

/** Microseconds of one call, over as many calls as fit. */
function measureMicros(task: () => unknown, millis: number): number {
  const start = performance.now();
  let calls = 0;
  do {
    task();
    calls++;
  } while (performance.now() - start < millis);
  return ((performance.now() - start) * 1000) / calls;
}
