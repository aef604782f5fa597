import type { SaveConflict, WorkspaceFile } from '../../protocol/index.ts';
import type { Api } from '../connection/index.ts';
import type { Notices } from './notices.ts';
import { createStore, type ReadStore } from './store.ts';

/** One open file. `version` and `savedText` are what the editor started from; dirty = `text` differs from `savedText`. */
export type Buffer = {
  path: string;
  version: string;
  savedText: string;
  text: string;
  saving: boolean;
  /** A refused save: someone else wrote the file meanwhile. Both texts are kept until the learner chooses. */
  conflict: SaveConflict | null;
  /** The file changed on disk while this buffer is dirty. */
  behind: boolean;
  /** gofmt changed the last saved text. */
  formatted: boolean;
};

export type FilesState = {
  files: readonly WorkspaceFile[];
  buffers: Readonly<Record<string, Buffer>>;
  active: string | null;
};

export type FilesStore = {
  store: ReadStore<FilesState>;
  list(): Promise<void>;
  open(path: string): Promise<void>;
  edit(path: string, text: string): void;
  save(path: string): Promise<void>;
  /** mine = write over theirs; theirs = drop the own text (the lab put a copy aside). */
  resolve(path: string, choice: 'mine' | 'theirs'): Promise<void>;
  /** The lab says which versions are on disk: a clean buffer follows, a dirty one is told. */
  noticeVersions(versions: Readonly<Record<string, string>>): void;
  /** After a reset or a step back in the history: every buffer is read anew, edits included. */
  reload(): Promise<void>;
};

type FilesApi = Pick<Api, 'listFiles' | 'readFile' | 'saveFile'>;

export const isDirty = (buffer: Buffer): boolean => buffer.text !== buffer.savedText;

/** The workspace's file behind a file name of a profile, which has the module or a folder in front of it. */
export function findFileOfProfile(files: readonly WorkspaceFile[], name: string): string | undefined {
  return files.find(({ path }) => name === path || name.endsWith(`/${path}`))?.path;
}

export function createFilesStore(api: FilesApi, notices: Pick<Notices, 'attempt'>): FilesStore {
  const store = createStore<FilesState>({ files: [], buffers: {}, active: null });
  const bufferOf = (path: string) => store.get().buffers[path];
  const change = (path: string, patch: Partial<Buffer>) => {
    const buffer = bufferOf(path);
    if (buffer) store.patch({ buffers: { ...store.get().buffers, [path]: { ...buffer, ...patch } } });
  };
  const read = async (path: string) => {
    const file = await notices.attempt(`Open ${path}`, () => api.readFile(path));
    if (!file) return;
    const buffer = { ...fresh(file), path };
    store.patch({ buffers: { ...store.get().buffers, [path]: buffer } });
  };
  const follow = async (path: string) => {
    const file = await notices.attempt(`Read ${path} again`, () => api.readFile(path));
    const buffer = bufferOf(path);
    if (!file || !buffer || buffer.saving || file.version === buffer.version) return;
    if (isDirty(buffer)) change(path, { behind: true });
    else change(path, fresh(file));
  };
  const write = async (path: string, text: string, version: string) => {
    change(path, { saving: true });
    const answer = await notices.attempt(`Save ${path}`, () => api.saveFile({ path, text, version }));
    change(path, { saving: false });
    if (answer?.conflict) change(path, { conflict: answer.conflict });
    if (!answer?.saved) return;
    const { saved } = answer;
    const typedMeanwhile = bufferOf(path)?.text !== text;
    change(path, {
      version: saved.version,
      savedText: saved.text,
      conflict: null,
      behind: false,
      formatted: saved.formatted,
      ...(typedMeanwhile ? {} : { text: saved.text }),
    });
  };

  return {
    store,
    async list() {
      const answer = await notices.attempt('List the files', () => api.listFiles());
      if (answer) store.patch({ files: answer.files });
    },
    async open(path) {
      if (!bufferOf(path)) await read(path);
      if (bufferOf(path)) store.patch({ active: path });
    },
    edit: (path, text) => change(path, { text }),
    async save(path) {
      const buffer = bufferOf(path);
      if (!buffer || buffer.saving || buffer.conflict) return;
      await write(path, buffer.text, buffer.version);
    },
    async resolve(path, choice) {
      const buffer = bufferOf(path);
      if (!buffer?.conflict) return;
      const theirs = buffer.conflict;
      if (choice === 'mine') await write(path, buffer.text, theirs.version);
      else change(path, { ...fresh(theirs), conflict: null });
    },
    noticeVersions(versions) {
      for (const buffer of Object.values(store.get().buffers)) {
        const onDisk = versions[buffer.path];
        const known = onDisk === undefined || onDisk === buffer.version || buffer.behind || buffer.saving;
        if (!known) void follow(buffer.path);
      }
    },
    async reload() {
      await Promise.all(Object.keys(store.get().buffers).map(read));
    },
  };
}

function fresh({ path, version, text }: { path: string; version: string; text: string }): Buffer {
  return { path, version, savedText: text, text, saving: false, conflict: null, behind: false, formatted: false };
}
