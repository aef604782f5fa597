import { AppError } from '../errors.ts';
import { createConfinedFiles, MAX_FILE_BYTES } from './confined-files.ts';
import { refusal } from './open-beneath.ts';
import { isAside, walkFiles } from './walk-files.ts';

/** Clean relative name → content. */
export type Files = ReadonlyMap<string, Uint8Array>;

/**
 * All files of a folder for building. A link is refused by name, since leaving it out would only give puzzling compile
 * errors; what is too big to be source (a binary that was built by hand) is left out.
 */
export async function readTree(dir: string): Promise<Map<string, Uint8Array>> {
  const walk = await walkFiles(dir);
  const [link] = walk.links;
  if (link !== undefined) throw refusal(link);
  const odd = walk.odd.find((name) => name.endsWith('.go'));
  if (odd !== undefined)
    throw new AppError('bad-path', `${odd}: rename it, the lab takes names like search/validate.go only`);
  const confined = createConfinedFiles(dir);
  const files = new Map<string, Uint8Array>();
  for (const { name, bytes } of walk.files) {
    if (isAside(name) || (bytes > MAX_FILE_BYTES && !name.endsWith('.go'))) continue;
    const content = await confined.read(name);
    if (content !== undefined) files.set(name, content);
  }
  return files;
}

/** `base` with the files of `dir` on top: same relative names replace, new ones are added. */
export async function overlay(base: Files, dir: string): Promise<Map<string, Uint8Array>> {
  return new Map([...base, ...(await readTree(dir))]);
}
