import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type Trace, trace, traceId } from '../../protocol/index.ts';
import { AppError } from '../errors.ts';
import { createTurns } from '../turns.ts';

const kept = trace.omit({ file: true }).extend({ usedMillis: z.number() });
type Kept = z.infer<typeof kept>;

export interface TraceFolder {
  /** Newest first. */
  list(): Trace[];
  find(id: string): Trace | null;
  fileOf(id: string): string;
  /** Makes room by removing what was used least recently. */
  add(bytes: Uint8Array, about: Omit<Trace, 'id' | 'file' | 'bytes'>): Promise<Trace>;
  /** It was looked at just now. */
  touch(id: string): Promise<void>;
  remove(id: string): Promise<void>;
}

export interface FolderParts {
  readonly folder: string;
  readonly limits: { readonly traces: number; readonly bytes: number };
  now(): number;
  removed(id: string): void;
}

/**
 * Traces as files: `ID.trace` has the bytes, `ID.json` says what it is of and comes last. What has no readable `ID.json` was
 * not finished, and goes.
 */
export async function openTraceFolder({ folder, limits, now, removed }: FolderParts): Promise<TraceFolder> {
  await mkdir(folder, { recursive: true });
  const entries = await load(folder);
  const inTurn = createTurns();
  const fileOf = (id: string): string => join(folder, `${id}.trace`);
  const note = async (entry: Kept): Promise<void> => {
    const file = join(folder, `${entry.id}.json`);
    await writeFile(`${file}.new`, JSON.stringify(entry));
    await rename(`${file}.new`, file);
    entries.set(entry.id, entry);
  };
  const remove = async (id: string): Promise<void> => {
    if (!entries.delete(id)) return;
    removed(id);
    await rm(join(folder, `${id}.json`), { force: true });
    await rm(fileOf(id), { force: true });
  };
  const makeRoom = async (bytes: number): Promise<void> => {
    const oldestFirst = [...entries.values()].sort((a, b) => a.usedMillis - b.usedMillis);
    let held = oldestFirst.reduce((sum, entry) => sum + entry.bytes, 0);
    let count = oldestFirst.length;
    for (const entry of oldestFirst) {
      if (count < limits.traces && held + bytes <= limits.bytes) return;
      await remove(entry.id);
      count -= 1;
      held -= entry.bytes;
    }
  };
  return {
    list: () => [...entries.values()].map(viewOf).sort((a, b) => b.atMillis - a.atMillis),
    find(id) {
      const entry = entries.get(id);
      return entry ? viewOf(entry) : null;
    },
    fileOf,
    add: (bytes, about) =>
      inTurn(async () => {
        const id = randomBytes(6).toString('hex');
        const entry = { ...about, id, bytes: bytes.byteLength, usedMillis: now() };
        try {
          await writeFile(fileOf(id), bytes);
          await makeRoom(bytes.byteLength);
          await note(entry);
        } catch (cause) {
          await rm(fileOf(id), { force: true });
          throw isDiskFull(cause) ? diskFull(cause) : cause;
        }
        return viewOf(entry);
      }),
    touch: (id) =>
      inTurn(async () => {
        const entry = entries.get(id);
        if (!entry) return;
        const used = { ...entry, usedMillis: now() };
        entries.set(id, used);
        await note(used).catch(() => undefined); // only its place in the order
      }),
    remove: (id) => inTurn(() => remove(id)),
  };
}

const isDiskFull = (cause: unknown): boolean => cause instanceof Error && 'code' in cause && cause.code === 'ENOSPC';

const diskFull = (cause: unknown): AppError =>
  new AppError('store-full', 'The disk is full: this trace is not kept, what was kept stays. Free some space.', {
    cause,
  });

const viewOf = ({ usedMillis: _, ...view }: Kept): Trace => ({ ...view, file: downloadName(view) });

/** ASCII, whatever a target calls itself. */
const downloadName = ({ instance, id }: Pick<Kept, 'instance' | 'id'>): string =>
  `${instance.replaceAll(/[^A-Za-z0-9._-]+/g, '-').slice(0, 64)}-${id}.trace`;

async function load(folder: string): Promise<Map<string, Kept>> {
  const names = await readdir(folder);
  const entries = new Map<string, Kept>();
  for (const name of names.filter((one) => one.endsWith('.json'))) {
    const entry = await readEntry(join(folder, name));
    if (entry !== null && names.includes(`${entry.id}.trace`)) entries.set(entry.id, entry);
  }
  const isOurs = (name: string): boolean => traceId.safeParse(name.split('.', 1)[0]).success;
  const left = names.filter((name) => isOurs(name) && !/^[^.]+\.(json|trace)$/.test(name));
  const lost = names.filter((name) => isOurs(name) && !entries.has(name.split('.', 1)[0] ?? ''));
  await Promise.all([...new Set([...left, ...lost])].map((name) => rm(join(folder, name), { force: true })));
  return entries;
}

async function readEntry(file: string): Promise<Kept | null> {
  try {
    return kept.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return null;
  }
}
