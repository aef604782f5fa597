import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** How commands find the lab that runs on a data folder. Readable by its owner alone, since it holds the token. */
const labFile = z.object({
  pid: z.number(),
  port: z.number(),
  url: z.string(),
  token: z.string(),
  workspace: z.string(),
});
export type LabFile = z.infer<typeof labFile>;

const nameIn = (data: string): string => join(data, 'lab.json');

export async function writeLabFile(data: string, content: LabFile): Promise<() => Promise<void>> {
  await mkdir(data, { recursive: true });
  await writeFile(nameIn(data), JSON.stringify(content), { mode: 0o600 });
  return async () => {
    const current = await readLabFile(data);
    if (current?.pid === content.pid) await rm(nameIn(data), { force: true });
  };
}

export async function readLabFile(data: string): Promise<LabFile | null> {
  const text = await readFile(nameIn(data), 'utf8').catch(() => null);
  if (text === null) return null;
  try {
    return labFile.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
