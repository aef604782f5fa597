import { readFile, rename } from 'node:fs/promises';
import { z } from 'zod';
import { DEFAULT_SAMPLING, type NamedTarget, namedTarget, type Sampling, sampling } from '../../protocol/index.ts';
import { rememberedText } from './remembered-text.ts';

const remembered = z.object({ targets: z.array(namedTarget), sampling });

/** What outlives the server: attached targets and the sampling that someone chose. */
export interface RememberedTargets {
  readonly targets: readonly NamedTarget[];
  readonly sampling: Sampling;
}

/** A file that can't be read is kept beside, and said; the lab starts without it. */
export async function openRememberedTargets(file: string, log: (message: string) => void) {
  const text = rememberedText(file);
  return {
    first: await load(file, log),
    write: (content: RememberedTargets): Promise<void> => text.write(JSON.stringify(content)),
  };
}

async function load(file: string, log: (message: string) => void): Promise<RememberedTargets> {
  const none = { targets: [], sampling: DEFAULT_SAMPLING };
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return none;
  try {
    return remembered.parse(JSON.parse(text));
  } catch {
    await rename(file, `${file}.damaged`);
    log(`${file} can't be read: it is kept as ${file}.damaged. Attach your targets again.`);
    return none;
  }
}
