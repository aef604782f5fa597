import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Clock, systemClock } from '../../server/clock.ts';
import { createWorkspace, type Workspace } from '../../server/workspace/index.ts';

export interface OpenWorkspace {
  /** Holds `workspace/`, `installed/`, `kept/` and whatever a test puts beside them. */
  readonly root: string;
  readonly dir: string;
  readonly logged: string[];
  readonly workspace: Workspace;
  put(path: string, text: string): void;
  remove(path: string): void;
  close(): void;
}

/** A workspace on a folder of its own, seeded with `installed`. */
export async function openWorkspace(
  installed: Readonly<Record<string, string>>,
  clock: Clock = systemClock,
): Promise<OpenWorkspace> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'flamelab-workspace-')));
  const dir = join(root, 'workspace');
  const logged: string[] = [];
  const put = (path: string, text: string) => {
    const target = join(root, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
  };
  for (const [name, text] of Object.entries(installed)) put(`installed/${name}`, text);
  const workspace = createWorkspace({
    dir,
    installed: join(root, 'installed'),
    keptDir: join(root, 'kept'),
    clock,
    log: (message) => logged.push(message),
  });
  await workspace.ensure();
  const remove = (path: string) => rmSync(join(root, path));
  return { root, dir, logged, workspace, put, remove, close: () => rmSync(root, { recursive: true, force: true }) };
}
