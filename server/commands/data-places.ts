import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config.ts';

/** What a lab keeps, by what it takes to have it again. `work` is the learner's own. */
export type PlaceGroup = 'profiles' | 'builds' | 'progress' | 'work';

export interface DataPlace {
  readonly group: PlaceGroup;
  readonly title: string;
  readonly path: string;
  readonly bytes: number;
}

/** What a lab makes in its data folder, save `installation`, its mark, by which the folder is known as a lab's. */
const IN_DATA: readonly [name: string, group: PlaceGroup, title: string][] = [
  ['store', 'profiles', 'profiles'],
  ['toolchain', 'builds', 'built services'],
  ['processes', 'builds', 'notes about processes'],
  ['progress.json', 'progress', 'progress'],
  ['saves.json', 'progress', 'history of saves'],
  ['targets.json', 'progress', 'attached targets'],
  ['exercise', 'progress', 'exercise in focus'],
  ['lab.json', 'progress', 'address of the running lab'],
  ['traces', 'profiles', 'execution traces'],
  ['kept', 'work', 'your files, as resets found them'],
];

/** What is there, with its size; places that are missing are left out. */
export async function listPlaces({ data, workspace }: Pick<Config, 'data' | 'workspace'>): Promise<DataPlace[]> {
  const wanted = [
    ...IN_DATA.map(([name, group, title]) => ({ group, title, path: join(data, name) })),
    { group: 'work' as const, title: 'your workspace', path: workspace },
  ];
  const places = await Promise.all(wanted.map(async (place) => ({ ...place, bytes: await bytesOf(place.path) })));
  return places.flatMap(({ bytes, ...place }) => (bytes === null ? [] : [{ ...place, bytes }]));
}

export function describePlaces(places: readonly DataPlace[]): string {
  if (places.length === 0) return '  nothing\n';
  return places
    .map(({ title, path, bytes }) => `  ${title.padEnd(34)}${sizeText(bytes).padStart(10)}  ${path}\n`)
    .join('');
}

export function sizeText(bytes: number): string {
  if (bytes < 1e3) return `${bytes} B`;
  const [unit, by] = bytes < 1e6 ? ['kB', 1e3] : bytes < 1e9 ? ['MB', 1e6] : ['GB', 1e9];
  return `${(bytes / Number(by)).toFixed(1)} ${unit}`;
}

/** Of a file, or of everything in a folder; links count as themselves. null: it isn't there. */
async function bytesOf(path: string): Promise<number | null> {
  const found = await lstat(path).catch(() => null);
  if (found === null) return null;
  if (!found.isDirectory()) return found.size;
  const names = await readdir(path).catch(() => []);
  const sizes = await Promise.all(names.map((name) => bytesOf(join(path, name))));
  return sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0);
}
