import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Files } from '../lab/index.ts';

/** All regular files below a folder, by name relative to it, with `/` on every OS. Links are left out. */
export async function readOverlay(dir: string): Promise<Files> {
  const files = new Map<string, Uint8Array>();
  const visit = async (prefix: string): Promise<void> => {
    for (const entry of await readdir(join(dir, prefix), { withFileTypes: true })) {
      const name = prefix ? `${prefix}/${entry.name}` : entry.name;
      if (entry.isDirectory()) await visit(name);
      else if (entry.isFile()) files.set(name, await readFile(join(dir, name)));
    }
  };
  await visit('');
  return files;
}
