import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The Go sources of one folder as one text; empty when there are none. */
export async function readGoSources(dir: string): Promise<string> {
  const names = await readdir(dir).catch(() => []);
  const texts = names.filter((name) => name.endsWith('.go')).map((name) => readFile(join(dir, name), 'utf8'));
  return (await Promise.all(texts)).join('\n');
}

/** The bare name in a function of package main as profiles write it: `main.(*service).answer` → `answer`; else undefined. */
export function nameInMain(frame: string): string | undefined {
  return /^main\.(?:\([^)]*\)\.)?([a-zA-Z]\w*)(?:\(\))?$/.exec(frame)?.[1];
}

export function declaresFunction(sources: string, name: string): boolean {
  return new RegExp(`func (\\([^)]*\\) )?${name}\\b`).test(sources);
}
