import { rmSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { endContent } from './end-ledger.ts';
import { readLedger } from './ledger.ts';
import { isAlive } from './process-table.ts';

/**
 * A program of its own, in its own session: holds a pipe to the server, and ends everything that the server started when the
 * pipe closes because the server is gone, also by kill -9. Usage: node reaper.js LEDGER SESSION PID START
 */
const GRACE_MILLIS = 1_000;
const WAIT_FOR_DEATH_MILLIS = 3_000;

const [file = '', session = '', pid = '', start = ''] = process.argv.slice(2);
const server = { pid: Number(pid), start };
process.stdin.resume();
process.stdin.once('end', () => void reap());
process.stdin.once('error', () => void reap());

async function reap(): Promise<void> {
  // A dying process closes its pipes a moment before it is gone; one that lives on cleans up by itself.
  const deadline = performance.now() + WAIT_FOR_DEATH_MILLIS;
  while (isAlive(server) && performance.now() < deadline) await wait(20);
  if (!isAlive(server)) {
    const content = readLedger(file) ?? { session, server, processes: [] }; // never written on a full disk
    const { survivors } = await endContent(content, GRACE_MILLIS);
    if (survivors.length === 0) rmSync(file, { force: true });
  }
  process.exit(0);
}
