import { findVariable, type ProcessRow, readProcessTable } from '../../server/fleet/process-table.ts';
import { OWNER_VARIABLE } from '../../server/fleet/process-tree.ts';

/** Everything that runs and carries the mark of a ledger session: found by the environment alone, not by the ledger. */
export function processesOf(session: string): ProcessRow[] {
  return readProcessTable().filter((row) => !row.zombie && findVariable(row.pid, OWNER_VARIABLE)?.startsWith(session));
}

/** Looks again until `isTrue`, for what only the kernel knows. */
export async function eventually(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 20));
}
