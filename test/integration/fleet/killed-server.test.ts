import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readProcessTable } from '../../../server/fleet/process-table.ts';
import { type OpenFleet, openFleet } from '../../support/open-fleet.ts';
import { eventually, processesOf } from '../../support/processes-of.ts';

const SERVER = fileURLToPath(new URL('../../support/fleet-server.mjs', import.meta.url));

describe('a server that is killed with -9', () => {
  let builder: OpenFleet;
  let binary: string;
  let data: string;
  const children: ChildProcess[] = [];
  beforeAll(async () => {
    builder = openFleet();
    binary = await builder.buildTiny();
  });
  afterAll(() => builder.close());
  beforeEach(() => {
    data = mkdtempSync(join(tmpdir(), 'flamelab-killed-'));
  });
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    rmSync(data, { recursive: true, force: true });
  });

  async function startServer(...modes: string[]): Promise<{ child: ChildProcess; session: string; swept: number }> {
    const known = ledgers();
    const child = spawn(process.execPath, [SERVER, data, binary, ...modes], { stdio: ['pipe', 'pipe', 'inherit'] });
    children.push(child);
    const [line] = await once(child.stdout, 'data');
    const session = ledgers().find((name) => !known.includes(name)) ?? 'none';
    return { child, session, swept: JSON.parse(String(line)).swept };
  }
  const ledgers = () => {
    try {
      return readdirSync(join(data, 'processes')).map((name) => name.replace('.jsonl', ''));
    } catch {
      return [];
    }
  };
  const reapersOf = (session: string) =>
    readProcessTable().filter((row) => commandLine(row.pid).includes(`${session}.jsonl`));

  it('leaves nothing: the reaper ends plain, deaf, setsid and orphaned processes, then itself', async () => {
    const { child, session } = await startServer('plain', 'deaf', 'setsid', 'orphan', 'children');
    await eventually(() => processesOf(session).length === 1 + 1 + 2 + 2 + 41);
    expect(reapersOf(session)).toHaveLength(1);
    child.kill('SIGKILL');
    await eventually(() => processesOf(session).length === 0 && reapersOf(session).length === 0);
    expect(ledgers()).toEqual([]);
  });

  it('leaves nothing though its reaper was killed before, and its ledger is lost', async () => {
    const { child, session } = await startServer('deaf', 'orphan');
    await eventually(() => processesOf(session).length === 3);
    const [first] = reapersOf(session);
    process.kill(first?.pid ?? 0, 'SIGKILL');
    await eventually(() => reapersOf(session).some((reaper) => reaper.pid !== first?.pid));
    rmSync(join(data, 'processes'), { recursive: true });
    child.kill('SIGKILL');
    await eventually(() => processesOf(session).length === 0 && reapersOf(session).length === 0);
  });

  it('leaves to the next start what the reaper could not end: sweep finds it by the ledger', async () => {
    const { child, session } = await startServer('deaf', 'setsid', 'orphan');
    await eventually(() => processesOf(session).length === 5);
    child.kill('SIGSTOP'); // else it would start another reaper
    for (const reaper of reapersOf(session)) process.kill(reaper.pid, 'SIGKILL');
    child.kill('SIGKILL');
    await once(child, 'exit');
    await eventually(() => processesOf(session).length === 3); // those that listen end with their stdin
    const next = await startServer('plain');
    expect(next.swept).toBe(3);
    expect(processesOf(session)).toEqual([]);
    expect(ledgers()).toEqual([next.session]);
  });

  it('does not touch what another live server on the same folder runs', async () => {
    const first = await startServer('plain');
    const second = await startServer('plain');
    expect(second.swept).toBe(0);
    expect(processesOf(first.session)).toHaveLength(1);
  });

  it('leaves no process, no ledger and no reaper after an orderly end', async () => {
    const { child, session } = await startServer('plain', 'setsid');
    child.stdin?.end();
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(processesOf(session)).toEqual([]);
    expect(ledgers()).toEqual([]);
    await eventually(() => reapersOf(session).length === 0);
  });
});

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1');
  } catch {
    return '';
  }
}
