import { rmSync } from 'node:fs';
import { endTree } from './end-tree.ts';
import { type LedgerContent, listLedgers, readLedger } from './ledger.ts';
import { findVariable, isAlive, type ProcessIdentity, readProcessTable } from './process-table.ts';
import { findTree, OWNER_VARIABLE } from './process-tree.ts';

export interface EndedLedger {
  readonly ended: number;
  readonly survivors: readonly ProcessIdentity[];
}

/**
 * Ends what a dead server left: processes of its ledger whose pid and start time both match, their descendants, and
 * everything that carries the session's mark. Removes the ledger when nothing is left. A live server's ledger is not touched.
 */
export async function endLedger(file: string, graceMillis: number): Promise<EndedLedger> {
  const content = readLedger(file);
  if (content !== undefined && isAlive(content.server)) return { ended: 0, survivors: [] };
  const { ended, survivors } = await endContent(content, graceMillis);
  if (survivors.length === 0) rmSync(file, { force: true });
  return { ended, survivors };
}

/** Undefined: a file that is no ledger names nothing to end. */
export async function endContent(content: LedgerContent | undefined, graceMillis: number): Promise<EndedLedger> {
  if (content === undefined) return { ended: 0, survivors: [] };
  const isMarked = (pid: number) => findVariable(pid, OWNER_VARIABLE)?.startsWith(`${content.session}/`) ?? false;
  const known = new Map(content.processes.map((identity) => [identity.pid, identity]));
  const find = () => {
    const rows = findTree(readProcessTable(), { known: [...known.values()], session: null, isMarked });
    for (const row of rows) known.set(row.pid, row);
    return rows;
  };
  const ended = find().length;
  return { ended, survivors: await endTree({ find, root: null, graceMillis }) };
}

export async function endOldLedgers(folder: string, own: string, graceMillis: number): Promise<EndedLedger> {
  const others = listLedgers(folder).filter((file) => file !== own);
  const all = await Promise.all(others.map((file) => endLedger(file, graceMillis)));
  return {
    ended: all.reduce((sum, one) => sum + one.ended, 0),
    survivors: all.flatMap((one) => one.survivors),
  };
}
