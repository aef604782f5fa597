import { endTree } from './end-tree.ts';
import type { Ledger } from './ledger.ts';
import { findProcess, findVariable, type ProcessIdentity, type ProcessRow, readProcessTable } from './process-table.ts';
import { findTree, OWNER_VARIABLE } from './process-tree.ts';

/** One root process that the lab started, with everything that descends from it. */
export interface OwnedTree {
  readonly run: string;
  readonly what: string;
  readonly root: number;
  /** What of it runs now; new descendants go to the ledger. `table`: one reading shared by several trees. */
  look(table?: readonly ProcessRow[]): readonly ProcessRow[];
  /** Resident memory of the root alone: cheap. 0 when it is gone. */
  rootBytes(): number;
  /** TERM, grace, KILL to all of it; resolves when nothing is left. Safe to call again. */
  end(graceMillis: number): Promise<void>;
}

export interface OwnedTreeParts {
  readonly ledger: Ledger;
  readonly log: (message: string) => void;
  /** Called once, when nothing of the tree is left. */
  readonly onEnded: () => void;
}

/** `root` was spawned with `OWNER_VARIABLE=SESSION/RUN` in its environment, as the leader of a session of its own. */
export function createOwnedTree(id: { run: string; what: string; root: number }, parts: OwnedTreeParts): OwnedTree {
  const { run, what, root } = id;
  const mark = `${parts.ledger.session}/${run}`;
  const known = new Map<number, ProcessIdentity>();
  const isMarked = (pid: number) => findVariable(pid, OWNER_VARIABLE) === mark;
  let ending: Promise<void> | null = null;

  const remember = (row: ProcessIdentity) => {
    if (known.get(row.pid)?.start === row.start) return;
    known.set(row.pid, { pid: row.pid, start: row.start });
    parts.ledger.record(run, row);
  };
  const look = (table?: readonly ProcessRow[], marked: (pid: number) => boolean = () => false) => {
    const rows = findTree(table ?? readProcessTable(), { known: [...known.values()], session: root, isMarked: marked });
    for (const row of rows) remember(row);
    return rows;
  };
  const first = findProcess(root);
  if (first !== undefined) remember(first);

  const end = async (graceMillis: number) => {
    const survivors = await endTree({ find: () => look(undefined, isMarked), root, graceMillis });
    if (survivors.length > 0) {
      parts.log(`${what}: processes ${survivors.map((one) => one.pid).join(', ')} could not be ended`);
      return;
    }
    parts.ledger.end(run);
    parts.onEnded();
  };
  return {
    run,
    what,
    root,
    look: (table) => look(table),
    rootBytes: () => findProcess(root)?.residentBytes ?? 0,
    end(graceMillis) {
      ending ??= end(graceMillis);
      return ending;
    },
  };
}
