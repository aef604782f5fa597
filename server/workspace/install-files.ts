import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type ConfinedFiles, versionOf } from './confined-files.ts';
import { type Files, readTree } from './read-tree.ts';
import { walkFiles } from './walk-files.ts';

interface Installing {
  readonly dir: string;
  readonly installed: string;
  readonly files: ConfinedFiles;
  readonly log: (message: string) => void;
}

/** Stands in the workspace, so that it goes where the workspace goes; begins with a dot, so that it is none of its files. */
const RECORD = '.flamelab-installed.json';

const record = z.object({ format: z.literal(1), files: z.record(z.string(), z.string()) });
/** Version of each file as it was installed here last. */
type Installed = ReadonlyMap<string, string>;

/**
 * The workspace becomes a copy of the installed files on first use. Later it follows a newer version of them as far as the
 * learner's work allows:
 *
 *     installed last   workspace   installed now
 *     a                a           b               → b
 *     a                mine        b               → mine, and the log says so
 *     a                removed     b               → removed
 *     –                –           b               → b
 *     a                a           –               → removed
 *
 * A top folder that is missing altogether comes back.
 */
export async function installFiles(installing: Installing): Promise<void> {
  const { dir, installed, files, log } = installing;
  await mkdir(dir, { recursive: true });
  const wanted = await readTree(installed);
  const before = await readRecord(dir);
  await copyMissing(wanted, installing);
  const kept = before ? await bringUpToDate(wanted, before, files) : [];
  if (kept.length > 0) log(`The course is newer than the workspace; what you changed is kept: ${kept.join(', ')}.`);
  // Without a record nobody knows whose a file is that differs: it counts as the learner's.
  const names = before ? [...wanted.keys()] : await namesAlike(wanted, files);
  await writeRecord(dir, new Map(names.map((name) => [name, versionOf(wanted.get(name) ?? new Uint8Array())])));
}

/** go.mod comes last: a copy that was cut off is taken up again at the next start. */
async function copyMissing(wanted: Files, { dir, files }: Installing): Promise<void> {
  const walk = await walkFiles(dir);
  const isWhole = walk.files.some(({ name }) => name === 'go.mod');
  const tops = new Set([...walk.files.map(({ name }) => name), ...walk.links].map((name) => name.split('/', 1)[0]));
  const missing = [...wanted].filter(([name]) => !isWhole || (name.includes('/') && !tops.has(name.split('/', 1)[0])));
  missing.sort(([a], [b]) => Number(a === 'go.mod') - Number(b === 'go.mod'));
  for (const [name, content] of missing) await files.write(name, content, true);
}

/** Returns the names of files that are newer in the course, and the learner's here. */
async function bringUpToDate(wanted: Files, before: Installed, files: ConfinedFiles): Promise<string[]> {
  const kept: string[] = [];
  for (const name of new Set([...wanted.keys(), ...before.keys()])) {
    const content = wanted.get(name);
    const last = before.get(name) ?? null;
    if (content && versionOf(content) === last) continue;
    const current = await files.read(name);
    const version = current ? versionOf(current) : null;
    if (version !== last) {
      if (content && current && version !== versionOf(content)) kept.push(name);
    } else if (content) await files.write(name, content);
    else await files.remove(name);
  }
  return kept;
}

async function namesAlike(wanted: Files, files: ConfinedFiles): Promise<string[]> {
  const alike: string[] = [];
  for (const [name, content] of wanted) {
    const current = await files.read(name);
    if (current && versionOf(current) === versionOf(content)) alike.push(name);
  }
  return alike;
}

async function readRecord(dir: string): Promise<Installed | null> {
  const text = await readFile(join(dir, RECORD), 'utf8').catch(() => null);
  if (text === null) return null;
  try {
    return new Map(Object.entries(record.parse(JSON.parse(text)).files));
  } catch {
    return null;
  }
}

async function writeRecord(dir: string, versions: Installed): Promise<void> {
  const file = join(dir, RECORD);
  // A name that nobody knows, and only if it is free: no link is followed.
  const temporary = `${file}.${randomUUID()}`;
  const text = `${JSON.stringify({ format: 1, files: Object.fromEntries(versions) }, null, 1)}\n`;
  await writeFile(temporary, text, { flag: 'wx' });
  await rename(temporary, file);
}
