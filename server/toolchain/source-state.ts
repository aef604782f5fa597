import { createHash } from 'node:crypto';
import { AppError } from '../errors.ts';
import { scanImports } from './scan-imports.ts';

/** A whole source state: clean relative name with `/` → content. */
export type SourceFiles = ReadonlyMap<string, Uint8Array>;

/** The samples' module: what paths of own code begin with in a profile. */
export const MODULE = 'bazaar';
const ALWAYS = ['internal'];
const ROOT_FILES = ['go.mod', 'go.sum'];

/**
 * The files that a service is made of: its folder, internal/, the folders that those import, and go.mod. Whole folders at
 * the top, since `//go:embed` may name any file in them.
 */
export function sourcesOf(service: string, files: SourceFiles): Map<string, Uint8Array> {
  const folders = new Set([service, ...ALWAYS]);
  const byFolder = groupByFolder(files);
  for (const folder of folders) {
    for (const [name, content] of byFolder.get(folder) ?? []) {
      if (!name.endsWith('.go')) continue;
      for (const { path } of scanImports(textOf(content))) {
        const [module, top] = path.split('/');
        if (module === MODULE && top !== undefined) folders.add(top); // the loop goes on with it
      }
    }
  }
  const kept = [...folders].flatMap((folder) => byFolder.get(folder) ?? []);
  const root = ROOT_FILES.flatMap((name) => {
    const content = files.get(name);
    return content === undefined ? [] : [[name, content] as const];
  });
  return new Map([...kept, ...root].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** First 16 hex digits of SHA-256 over what goes into the build; names and contents are framed by their lengths. */
export function buildId(
  parts: { version: string; flags: readonly string[]; service: string },
  sources: SourceFiles,
): string {
  const hash = createHash('sha256');
  const add = (content: string | Uint8Array) => {
    hash.update(`${Buffer.byteLength(content)}:`).update(content);
  };
  for (const text of [parts.version, ...parts.flags, parts.service]) add(text);
  for (const [name, content] of sources) {
    add(name);
    add(content);
  }
  return hash.digest('hex').slice(0, 16);
}

/** Names come from callers that have confined them; this is the last look before they become paths. */
export function checkName(name: string): void {
  const parts = name.split('/');
  const isClean = parts.every((part) => part !== '' && part !== '.' && part !== '..' && !/[\\:\0]/.test(part));
  if (!isClean) throw new AppError('bad-path', `${JSON.stringify(name)} is not a clean relative name`);
}

export function textOf(content: Uint8Array): string {
  return Buffer.from(content.buffer, content.byteOffset, content.byteLength).toString('utf8');
}

function groupByFolder(files: SourceFiles): Map<string, [string, Uint8Array][]> {
  const groups = new Map<string, [string, Uint8Array][]>();
  for (const entry of files) {
    const slash = entry[0].indexOf('/');
    if (slash === -1) continue;
    const folder = entry[0].slice(0, slash);
    const group = groups.get(folder);
    if (group === undefined) groups.set(folder, [entry]);
    else group.push(entry);
  }
  return groups;
}
