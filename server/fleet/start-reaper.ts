import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { childEnvironment } from './child-environment.ts';

/** Resolves `reaper.js` beside this file, or in dist when the sources run as they are (tests). */
export function reaperFile(here: string): string {
  const built = fileURLToPath(new URL('./reaper.js', here));
  if (existsSync(built)) return built;
  const folders = built.split(sep);
  const server = folders.lastIndexOf('server');
  return join(folders.slice(0, server).join(sep), 'dist', ...folders.slice(server));
}

/** Starts the reaper for a ledger; the disposer lets it go once the ledger is closed. Not needed on Windows (README). */
export function startReaper(ledger: string, log: (message: string) => void): () => void {
  const child = spawn(process.execPath, ['--max-old-space-size=32', reaperFile(import.meta.url), ledger], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    env: childEnvironment(process.env),
    windowsHide: true,
  });
  child.once('error', (cause) => log(`the reaper did not start: ${cause.message}`));
  child.stdin?.on('error', () => undefined);
  child.unref();
  return () => child.stdin?.destroy();
}
