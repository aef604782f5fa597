import { describe, expect, it } from 'vitest';
import type { BuildOutcome } from '../../../server/toolchain/build.ts';
import { createLanes } from '../../../server/toolchain/lanes.ts';

/** A build that ends when it is told to, or when it is aborted. */
function createBuilds() {
  const started: { id: string; end: () => void; signal: AbortSignal }[] = [];
  const build = (id: string) => (signal: AbortSignal) =>
    new Promise<BuildOutcome>((resolve) => {
      const done = { id, service: 's', binary: 'b', sources: 's', millis: 1, cached: false };
      signal.addEventListener('abort', () =>
        resolve({ ok: false, why: 'cancelled', errors: [], output: 'aborted', millis: 1 }),
      );
      started.push({ id, end: () => resolve({ ok: true, build: done }), signal });
    });
  return { started, build };
}

describe('lanes of builds', () => {
  it('a newer state of a lane cancels the older one', async () => {
    const { started, build } = createBuilds();
    const lanes = createLanes();
    const first = lanes.run({ lane: 'search', id: 'a' }, build('a'));
    const second = lanes.run({ lane: 'search', id: 'b' }, build('b'));
    expect(await first).toMatchObject({ ok: false, why: 'cancelled' });
    expect(started[0]?.signal.aborted).toBe(true);
    started[1]?.end();
    expect(await second).toMatchObject({ ok: true });
  });

  it('a request that was given up before it came leaves the build of the newer state alone', async () => {
    const { started, build } = createBuilds();
    const lanes = createLanes();
    const newer = lanes.run({ lane: 'search', id: 'b' }, build('b'));
    const late = lanes.run({ lane: 'search', id: 'a', signal: AbortSignal.abort() }, build('a'));
    expect(await late).toMatchObject({ ok: false, why: 'cancelled' });
    started[0]?.end();
    expect(await newer).toMatchObject({ ok: true });
  });

  it('the same state is built once, whoever asks, and lanes of others are left alone', async () => {
    const { started, build } = createBuilds();
    const lanes = createLanes();
    const all = [
      lanes.run({ lane: 'search', id: 'a' }, build('a')),
      lanes.run({ lane: 'search', id: 'a' }, build('a')),
      lanes.run({ lane: null, id: 'a' }, build('a')),
      lanes.run({ lane: 'reports', id: 'r' }, build('r')),
    ];
    expect(started.map((one) => one.id)).toEqual(['a', 'r']);
    for (const one of started) one.end();
    expect((await Promise.all(all)).every((outcome) => outcome.ok)).toBe(true);
  });

  it('a build that somebody else waits for goes on when one gives up', async () => {
    const { started, build } = createBuilds();
    const lanes = createLanes();
    const giveUp = new AbortController();
    const impatient = lanes.run({ lane: 'search', id: 'a', signal: giveUp.signal }, build('a'));
    const patient = lanes.run({ lane: null, id: 'a' }, build('a'));
    giveUp.abort();
    expect(await impatient).toMatchObject({ why: 'cancelled' });
    expect(started[0]?.signal.aborted).toBe(false);
    started[0]?.end();
    expect(await patient).toMatchObject({ ok: true });
  });

  it('a state that was cancelled is built anew when it is asked for again', async () => {
    const { started, build } = createBuilds();
    const lanes = createLanes();
    const first = lanes.run({ lane: 'search', id: 'a' }, build('a'));
    const second = lanes.run({ lane: 'search', id: 'b' }, build('b'));
    await first;
    const third = lanes.run({ lane: 'search', id: 'a' }, build('a'));
    await second;
    expect(started.map((one) => one.id)).toEqual(['a', 'b', 'a']);
    started[2]?.end();
    expect(await third).toMatchObject({ ok: true });
  });
});
