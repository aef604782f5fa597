import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { RunView } from '../../protocol/index.ts';
import type { Processes } from '../fleet/index.ts';
import type { ShellOwnership } from '../terminal/index.ts';

/** Where Go lies when the PATH doesn't say: the folders of its installers. */
const GO_FOLDERS = ['/usr/local/go/bin', 'C:\\Program Files\\Go\\bin'];

/** Folders before those of the PATH: the command `flamelab`, and Go when it isn't there already. */
export function shellPath(root: string): string[] {
  const known = (process.env.PATH ?? '').split(delimiter);
  return [
    join(root, 'server', 'bin', 'path'),
    ...GO_FOLDERS.filter((folder) => !known.includes(folder) && existsSync(folder)),
  ];
}

/** The address of each service of the fleet, as lessons write it: `$SEARCH`, `$CHECKOUT`, … */
export function serviceVariables(
  runs: readonly RunView[],
  addressOf: (run: string) => string | null,
): Record<string, string> {
  const variables: Record<string, string> = {};
  for (const { run, service, role, state } of runs) {
    const address = state === 'up' && role !== 'twin' ? addressOf(run) : null;
    if (address) variables[service.toUpperCase()] = address;
  }
  return variables;
}

export function ownShell(processes: Processes): ShellOwnership {
  const reservation = processes.reserve('terminal');
  return {
    env: reservation.env,
    started(pid) {
      const tree = reservation.started(pid);
      return () => void tree.end(0);
    },
  };
}
