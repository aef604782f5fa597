import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Letters and digits that name this data folder's lab, the same at every start: in the session cookie and on shells. */
export async function installationName(data: string): Promise<string> {
  const file = join(data, 'installation');
  const known = await readFile(file, 'utf8').catch(() => '');
  if (/^[a-z0-9]{12}$/.test(known)) return known;
  const name = randomBytes(6).toString('hex');
  await writeFile(file, name);
  return name;
}
