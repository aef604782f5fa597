import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { childEnvironment } from './child-environment.ts';
import type { ProcessIdentity } from './process-table.ts';

/** Resolves `reaper.js` beside this file, or in dist when the sources run as they are (tests). */
export function reaperFile(here: string): string {
  const built = fileURLToPath(new URL('./reaper.js', here));
  if (existsSync(built)) return built;
  const folders = built.split(sep);
  const server = folders.lastIndexOf('server');
  return join(folders.slice(0, server).join(sep), 'dist', ...folders.slice(server));
}

const MOST_RESTARTS = 3;

/** Starts the reaper for a ledger, again if it is killed; the disposer lets it go. Windows has none. */
export function startReaper(ledger: LedgerPlace, log: (message: string) => void): () => void {
  let letGo = false;
  let restarts = 0;
  let child = spawnReaper(ledger);
  const watch = () => {
    child.once('error', (cause) => log(`the reaper did not start: ${cause.message}`));
    child.once('exit', () => {
      if (letGo || restarts++ >= MOST_RESTARTS) return;
      child = spawnReaper(ledger);
      watch();
    });
  };
  watch();
  return () => {
    letGo = true;
    child.stdin?.destroy();
  };
}

export interface LedgerPlace {
  readonly file: string;
  readonly session: string;
  readonly server: ProcessIdentity;
}

function spawnReaper({ file, session, server }: LedgerPlace): ChildProcess {
  const args = [reaperFile(import.meta.url), file, session, String(server.pid), server.start];
  const child = spawn(process.execPath, ['--max-old-space-size=32', ...args], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    env: childEnvironment(process.env),
    windowsHide: true,
  });
  child.stdin?.on('error', () => undefined);
  child.unref();
  return child;
}
