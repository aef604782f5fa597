import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findProcess, isAlive } from '../../../server/fleet/process-table.ts';
import { type OpenFleet, openFleet } from '../../support/open-fleet.ts';

describe('supervisor', () => {
  let lab: OpenFleet;
  let binary: string;
  beforeAll(async () => {
    lab = openFleet();
    binary = await lab.buildTiny();
  });
  afterAll(() => lab.close());

  const spec = (mode: string) => ({
    service: 'tiny',
    instance: `tiny-${mode}`,
    version: 'v',
    role: 'twin' as const,
    binary,
    args: [mode],
  });

  it('waits for the ready line and knows the address; stop leaves nothing', async () => {
    const run = lab.supervisor.start(spec('plain'));
    expect(run.view().state).toBe('starting');
    expect(await run.ready).toMatchObject({ ok: true, address: 'http://127.0.0.1:1' });
    expect(run.view().state).toBe('up');
    const process = findProcess(run.pid() ?? 0);
    await run.stop();
    expect(run.view()).toMatchObject({ state: 'stopped', reason: null });
    expect(process !== undefined && isAlive(process)).toBe(false);
  });
});
