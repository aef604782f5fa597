import type { ProcessIdentity, ProcessRow } from './process-table.ts';

/** Set in the environment of everything that the lab starts: `SESSION/RUN`. Children inherit it, a setsid child too. */
export const OWNER_VARIABLE = 'FLAMELAB_OWNER';

/** How to recognise what belongs to a tree. */
export interface TreeSign {
  /** The root, and everything that was seen to descend from it earlier. */
  readonly known: readonly ProcessIdentity[];
  /** A session whose members belong to it; only while its leader is known to be ours. */
  readonly session: number | null;
  /** Whether the environment of a process says that it belongs; asked only for processes that nothing else claims. */
  readonly isMarked: (pid: number) => boolean;
}

/**
 * Everything that belongs to the tree and still runs: known by pid and start, child of such a process, member of the
 * session, or marked. A worked example (pid, parent, session), root 10:
 *
 *     10  1 10   known                       yes
 *     11 10 10   child of 10                 yes
 *     12 11 12   setsid, child of 11         yes
 *     13  1 13   setsid, its parent is gone  yes, by the marker
 *     14  1 14   somebody else's             no
 */
export function findTree(table: readonly ProcessRow[], sign: TreeSign): ProcessRow[] {
  const running = table.filter((row) => !row.zombie);
  const known = new Map(sign.known.map((identity) => [identity.pid, identity.start]));
  const found = new Map<number, ProcessRow>();
  for (const row of running) {
    const isKnown = known.get(row.pid) === row.start;
    if (isKnown || (sign.session !== null && row.session === sign.session) || sign.isMarked(row.pid))
      found.set(row.pid, row);
  }
  const queue = [...found.values()];
  const childrenOf = groupByParent(running);
  for (let row = queue.pop(); row !== undefined; row = queue.pop()) {
    for (const child of childrenOf.get(row.pid) ?? []) {
      if (found.has(child.pid)) continue;
      found.set(child.pid, child);
      queue.push(child);
    }
  }
  return [...found.values()];
}

function groupByParent(rows: readonly ProcessRow[]): Map<number, ProcessRow[]> {
  const groups = new Map<number, ProcessRow[]>();
  for (const row of rows) {
    const siblings = groups.get(row.parent);
    if (siblings === undefined) groups.set(row.parent, [row]);
    else siblings.push(row);
  }
  return groups;
}
