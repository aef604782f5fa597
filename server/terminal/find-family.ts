/** A process as the operating system lists it. `started` tells two processes apart that had the same pid. */
export interface ProcessRow {
  readonly pid: number;
  readonly parent: number;
  /** Its session (Linux) or terminal (elsewhere). */
  readonly group: string;
  readonly started: string;
  /** Carries the mark of the shell in its environment, as far as the system lets us see it. */
  readonly isMarked: boolean;
}

export interface Family {
  readonly shell: number;
  /** The shell's group; null when nobody saw it alive. */
  readonly group: string | null;
  /** pid → started of members seen before: their children are still ours after they have gone to another parent. */
  readonly seen: ReadonlyMap<number, string>;
}

/**
 * Everything that runs because of a shell: who carries its mark, is in its group, was seen as a member before, or has such a
 * parent.
 *
 *     shell 10 ─ make 11 ─ go 12          all by parents
 *            └─ setsid 13 → server 14     13 has gone: 14 hangs under pid 1, found by its mark or because it was seen before
 */
export function findFamily(rows: readonly ProcessRow[], family: Family): ProcessRow[] {
  const children = new Map<number, ProcessRow[]>();
  for (const row of rows) children.set(row.parent, [...(children.get(row.parent) ?? []), row]);
  const isRoot = (row: ProcessRow) =>
    row.pid === family.shell || row.isMarked || row.group === family.group || family.seen.get(row.pid) === row.started;
  const found = new Map<number, ProcessRow>();
  const waiting = rows.filter(isRoot);
  for (let row = waiting.pop(); row !== undefined; row = waiting.pop()) {
    if (found.has(row.pid)) continue;
    found.set(row.pid, row);
    waiting.push(...(children.get(row.pid) ?? []));
  }
  return [...found.values()];
}
