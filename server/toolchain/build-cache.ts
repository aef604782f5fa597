import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '../errors.ts';
import { checkName, type SourceFiles } from './source-state.ts';

export interface BuildPlace {
  readonly id: string;
  readonly binary: string;
  /** Snapshot of the sources. */
  readonly sources: string;
}

/** A folder of its own for one build under way. */
export interface BuildWork {
  readonly binary: string;
  readonly sources: string;
  readonly temporary: string;
  /** Takes it over into the cache. */
  keep(id: string): Promise<BuildPlace>;
  remove(): Promise<void>;
}

export interface BuildCache {
  /** The build if it is there; marks it as used. */
  find(id: string): Promise<BuildPlace | undefined>;
  begin(sources: SourceFiles): Promise<BuildWork>;
  /** Keeps a build from being thrown out; the disposer lets it go. */
  pin(id: string): () => void;
  /** Throws out what was never finished, and the least recently used builds beyond the limit. */
  trim(): Promise<void>;
}

/** Older than any build can take: the lab was ended in the middle of it. */
const ABANDONED_MILLIS = 600_000;
const BINARY = process.platform === 'win32' ? 'bin.exe' : 'bin';

/**
 * `DIR/ID/{bin,src/}`: builds by id; a build is there whole or not at all, since it is made in `DIR/work-…` and renamed. Two
 * processes of the lab may use one cache at the same time.
 */
export function createBuildCache(dir: string, maxBytes: number): BuildCache {
  const pins = new Map<string, number>();
  const place = (id: string): BuildPlace => ({ id, binary: join(dir, id, BINARY), sources: join(dir, id, 'src') });
  const find = async (id: string) => {
    const now = new Date();
    const isThere = await succeeds(utimes(place(id).binary, now, now));
    return isThere ? place(id) : undefined;
  };
  return {
    find,
    async begin(sources) {
      const root = join(dir, `work-${randomUUID()}`);
      const remove = () => rm(root, { recursive: true, force: true });
      const work = { binary: join(root, BINARY), sources: join(root, 'src'), temporary: join(root, 'tmp') };
      try {
        await mkdir(work.temporary, { recursive: true });
        await writeAll(work.sources, sources);
      } catch (cause) {
        await remove();
        if (isDiskFull(cause)) throw new AppError('store-full', 'the build did not start: the disk is full', { cause });
        throw cause;
      }
      return { ...work, remove, keep: (id) => keep(root, place(id), join(dir, id)) };
    },
    pin(id) {
      pins.set(id, (pins.get(id) ?? 0) + 1);
      return () => {
        const left = (pins.get(id) ?? 1) - 1;
        if (left > 0) pins.set(id, left);
        else pins.delete(id);
      };
    },
    async trim() {
      const builds = await listBuilds(dir);
      let held = builds.reduce((sum, build) => sum + build.bytes, 0);
      for (const build of builds) {
        const isAbandoned = build.bytes === 0 && Date.now() - build.usedMillis > ABANDONED_MILLIS;
        if (pins.has(build.id) || (held <= maxBytes && !isAbandoned)) continue;
        if (build.bytes === 0 && !isAbandoned) continue; // under way
        await rm(join(dir, build.id), { recursive: true, force: true });
        held -= build.bytes;
      }
    },
  };
}

function isDiskFull(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'ENOSPC';
}

async function keep(work: string, place: BuildPlace, target: string): Promise<BuildPlace> {
  await rm(join(work, 'tmp'), { recursive: true, force: true });
  try {
    await rename(work, target);
  } catch (cause) {
    if (!(await succeeds(stat(place.binary)))) throw cause;
    await rm(work, { recursive: true, force: true }); // the same state was built beside us
  }
  return place;
}

async function writeAll(root: string, sources: SourceFiles): Promise<void> {
  const folders = new Set<string>([root]);
  for (const name of sources.keys()) {
    checkName(name);
    folders.add(dirname(join(root, name)));
  }
  for (const folder of folders) await mkdir(folder, { recursive: true });
  await Promise.all([...sources].map(([name, content]) => writeFile(join(root, name), content, { flag: 'wx' })));
}

/** Oldest use first. A build's sources are small beside its binary: the binary alone is counted, 0 while there is none. */
async function listBuilds(dir: string) {
  const names = await readdir(dir).catch(() => []);
  const builds = await Promise.all(
    names.map(async (id) => {
      const isWork = id.startsWith('work-');
      const binary = isWork ? null : await stat(join(dir, id, BINARY)).catch(() => null);
      const seen = binary ?? (await stat(join(dir, id)).catch(() => null));
      return { id, bytes: binary?.size ?? 0, usedMillis: seen?.mtimeMs ?? Date.now() };
    }),
  );
  return builds.sort((a, b) => a.usedMillis - b.usedMillis);
}

async function succeeds(done: Promise<unknown>): Promise<boolean> {
  return done.then(
    () => true,
    () => false,
  );
}
