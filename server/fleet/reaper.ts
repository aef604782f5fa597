import { setTimeout as wait } from 'node:timers/promises';
import { endLedger } from './end-ledger.ts';
import { readLedger } from './ledger.ts';
import { isAlive } from './process-table.ts';

/**
 * A program of its own, in its own session: holds a pipe to the server, and ends everything of the server's ledger when the
 * pipe closes because the server is gone, also by kill -9. Usage: node reaper.js LEDGER
 */
const GRACE_MILLIS = 1_000;
const WAIT_FOR_DEATH_MILLIS = 3_000;

const file = process.argv[2];
if (file === undefined) throw new Error('usage: reaper LEDGER');
process.stdin.resume();
process.stdin.once('end', () => void reap(file));
process.stdin.once('error', () => void reap(file));

async function reap(ledger: string): Promise<void> {
  const server = findServer(ledger);
  // A dying process closes its pipes a moment before it is gone; one that lives on cleans up by itself.
  const deadline = performance.now() + WAIT_FOR_DEATH_MILLIS;
  while (server !== undefined && isAlive(server) && performance.now() < deadline) await wait(20);
  if (server !== undefined) await endLedger(ledger, GRACE_MILLIS);
  process.exit(0);
}

function findServer(ledger: string) {
  try {
    return readLedger(ledger)?.server;
  } catch {
    return undefined; // the server ended everything and removed its ledger
  }
}
