import type { SaveRequest, WorkspaceFile, WorkspaceText } from '../../protocol/index.ts';
import type { Clock } from '../clock.ts';
import { AppError } from '../errors.ts';
import { createTurns } from '../turns.ts';
import { createConfinedFiles, MAX_FILE_BYTES, versionOf } from './confined-files.ts';
import { installFiles } from './install-files.ts';
import { type Files, readTree } from './read-tree.ts';
import { type ResetAnswer, resetFiles } from './reset-files.ts';
import { saveFile } from './save-file.ts';
import { textFromBytes } from './text.ts';
import { walkFiles } from './walk-files.ts';
import { watchFiles } from './watch-files.ts';

export interface WorkspaceOptions {
  /** The learner's copy. */
  readonly dir: string;
  /** go-samples as installed. */
  readonly installed: string;
  /** Where reset keeps the learner's files: in the data folder. */
  readonly keptDir: string;
  readonly clock: Clock;
  readonly log: (message: string) => void;
}

export interface Workspace {
  /** Copies the installed files on first use; later follows a newer version of them, and keeps what the learner changed. */
  ensure(): Promise<void>;
  listFiles(): Promise<WorkspaceFile[]>;
  readFile(path: string): Promise<WorkspaceText>;
  /** Throws `version-conflict` with a SaveConflict as detail; both texts are kept then. */
  writeFile(request: SaveRequest): Promise<WorkspaceText>;
  /** The state to build. */
  readAll(): Promise<Map<string, Uint8Array>>;
  installedFiles(): Promise<Map<string, Uint8Array>>;
  /** The top folders that `files` names become exactly these files; what the learner had there is kept. */
  reset(files: Files): Promise<ResetAnswer>;
  /** Names that now have another content (or none) than this workspace last wrote, read or told. */
  watch(
    onChange: (paths: string[]) => void,
    /** All names that something was written to, by this workspace as well. */
    onTouched?: (paths: string[]) => void,
  ): Promise<() => Promise<void>>;
}

export function createWorkspace({ dir, installed, keptDir, clock, log }: WorkspaceOptions): Workspace {
  const files = createConfinedFiles(dir);
  /** Version that the watcher has told or we have written; null: there is no such file. */
  const told = new Map<string, string | null>();
  const takeTurn = createTurns();
  const parts = {
    root: dir,
    keptDir,
    files,
    now: () => clock.now(),
    onWrite: (name: string, version: string | null) => void told.set(name, version),
  };

  const listFiles = async () => {
    const { files: seen } = await walkFiles(dir);
    const listed = await Promise.all(
      seen.filter(({ bytes }) => bytes <= MAX_FILE_BYTES).map(async ({ name }) => describe(name)),
    );
    return listed.filter((one) => one !== undefined);
  };
  const describe = async (path: string): Promise<WorkspaceFile | undefined> => {
    const content = await files.read(path);
    return content === undefined ? undefined : { path, version: versionOf(content), bytes: content.length };
  };
  const findVersion = async (name: string) => (await describe(name).catch(() => undefined))?.version ?? null;
  const findChanged = async (names: string[]) => {
    const versions = await Promise.all(names.map(async (name) => [name, await findVersion(name)] as const));
    const changed = versions.filter(([name, version]) => (told.get(name) ?? null) !== version);
    for (const [name, version] of changed) told.set(name, version);
    return changed.map(([name]) => name).sort();
  };
  return {
    ensure: () => takeTurn(() => installFiles({ dir, installed, files, log })),
    listFiles,
    async readFile(path) {
      const content = await files.read(path);
      if (content === undefined) throw new AppError('not-found', `${path} is not in the workspace`);
      return { path, version: versionOf(content), text: textFromBytes(path, content) };
    },
    writeFile: (request) => takeTurn(() => saveFile(request, parts)),
    readAll: () => readTree(dir),
    installedFiles: () => readTree(installed),
    reset: (wanted) => takeTurn(() => resetFiles(wanted, parts)),
    async watch(onChange, onTouched) {
      const tell = async (names: string[]) => {
        onTouched?.(names);
        const changed = await takeTurn(() => findChanged(names));
        if (changed.length > 0) onChange(changed);
      };
      const unwatch = await watchFiles(dir, {
        clock,
        log,
        onTouched: (names) => void tell(names).catch((cause) => log(String(cause))),
      });
      for (const { path, version } of await listFiles()) told.set(path, version);
      return unwatch;
    },
  };
}
