import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LoadLine } from '../../../protocol/index.ts';
import { startLoad } from '../../../server/fleet/index.ts';
import { type OpenFleet, openFleet } from '../../support/open-fleet.ts';

const PROGRESS = { event: 'progress', requests: 7 };

/** The tiny service's mode `drive` prints its arguments, then echoes its stdin: a load that says what it is told to. */
describe('load', () => {
  let lab: OpenFleet;
  let binary: string;
  beforeAll(async () => {
    lab = openFleet();
    binary = await lab.buildTiny();
  });
  afterAll(() => lab.close());

  const start = (lines: string[], onLine: (line: LoadLine) => void = () => undefined) =>
    startLoad(lab.supervisor, { binary, mode: 'drive', args: lines, onLine });

  it('hands on its lines, takes commands, and ends well when it is stopped', async () => {
    const seen: LoadLine[] = [];
    let onSeen = () => undefined as unknown;
    const load = start([JSON.stringify(PROGRESS)], (line) => {
      seen.push(line);
      onSeen();
    });
    load.send({ event: 'done', pairs: 1, millis: 2 });
    await new Promise((resolve) => {
      onSeen = () => seen.length === 2 && resolve(null);
    });
    await load.stop();
    expect(seen).toEqual([PROGRESS, { event: 'done', pairs: 1, millis: 2 }]);
    expect(await load.done).toEqual({ ok: true, reason: null });
  });

  it('fails on a line that is not of its protocol, and shows it', async () => {
    const load = start(['{"event":"progress","requests":"many"}']);
    const { ok, reason } = await load.done;
    expect(ok).toBe(false);
    expect(reason).toContain('{"event":"progress","requests":"many"}');
  });

  it('fails with what it said when it ends badly', async () => {
    const load = startLoad(lab.supervisor, { binary, mode: 'behave', args: [], onLine: () => undefined });
    expect(await load.done).toEqual({ ok: false, reason: 'load ended with code 3\nno stock file' });
  });
});
