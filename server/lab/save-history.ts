import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type SaveView, saveView } from '../../protocol/index.ts';
import { AppError } from '../errors.ts';

const MAX_SAVES = 200;

const historyFile = z.object({
  format: z.literal(1),
  saves: z.array(z.object({ view: saveView, texts: z.record(z.string(), z.string()) })),
});
type Entry = z.infer<typeof historyFile>['saves'][number];

export interface SaveHistory {
  /** Newest first. */
  list(exercise?: string): SaveView[];
  /** Adds or replaces; `texts`: the learner's files of that moment, by name. */
  put(view: SaveView, texts: Readonly<Record<string, string>>): Promise<void>;
  texts(id: string): Readonly<Record<string, string>>;
  nextId(): string;
}

/** Every save with the texts that it had: any two can be compared, and each can be gone back to. The oldest go first. */
export async function openSaveHistory(dataDir: string): Promise<SaveHistory> {
  const file = join(dataDir, 'saves.json');
  let entries = await readHistory(file);
  let count = entries.reduce((most, entry) => Math.max(most, Number(entry.view.id.split('-').pop()) || 0), 0);
  let writing: Promise<void> = Promise.resolve();
  return {
    list: (exercise) =>
      entries
        .map((entry) => entry.view)
        .filter((view) => exercise === undefined || view.exercise === exercise)
        .reverse(),
    async put(view, texts) {
      entries = [...entries.filter((entry) => entry.view.id !== view.id), { view, texts }].slice(-MAX_SAVES);
      writing = writing.then(() => write(dataDir, file, entries));
      await writing;
    },
    texts(id) {
      const entry = entries.find((candidate) => candidate.view.id === id);
      if (!entry) throw new AppError('not-found', `There is no save ${id}; the newest ${MAX_SAVES} are kept.`);
      return entry.texts;
    },
    nextId() {
      count += 1;
      return `save-${count}`;
    },
  };
}

async function readHistory(file: string): Promise<Entry[]> {
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return [];
  try {
    return historyFile.parse(JSON.parse(text)).saves;
  } catch {
    await rename(file, `${file}.damaged-${Date.now()}`);
    return [];
  }
}

async function write(dataDir: string, file: string, saves: readonly Entry[]): Promise<void> {
  await mkdir(dataDir, { recursive: true });
  await writeFile(`${file}.new`, JSON.stringify({ format: 1, saves }));
  await rename(`${file}.new`, file);
}
