import { readFile, rename, writeFile } from 'node:fs/promises';

/** One short text that outlives the server. */
export function rememberedText(file: string) {
  return {
    read: (): Promise<string | null> => readFile(file, 'utf8').catch(() => null),
    async write(text: string): Promise<void> {
      await writeFile(`${file}.new`, text);
      await rename(`${file}.new`, file);
    },
  };
}
