import { readFile } from 'node:fs/promises';
import { routeAnswers } from '../../protocol/index.ts';
import { type Config, resolveConfig } from '../config.ts';
import { AppError } from '../errors.ts';
import { type Imported, importBundle } from '../http/index.ts';
import { createProfileParser } from '../profile/profile-parser.ts';
import { whyUnreadable } from './file-failure.ts';
import { withLocalStore } from './local-store.ts';
import { findRunningLab, parseAnswer } from './running-lab.ts';

/** `flamelab import FILE`: a bundle, whole or not at all, into the running lab of the data folder or into its store. */
export async function importCommand(name: string, flags: { readonly data?: string }): Promise<void> {
  const config = resolveConfig(flags);
  const bytes = await readFile(name).catch((cause) => {
    throw new AppError('bad-path', `${name}: ${whyUnreadable(cause)}.`, { cause });
  });
  try {
    const imported = await importBytes(config, bytes);
    process.stdout.write(`${wordsOf(imported)}\n`);
  } catch (cause) {
    const isMalformed = cause instanceof AppError && cause.code === 'malformed-bundle';
    throw isMalformed && (await isProfile(bytes)) ? noBundle(name, cause) : cause;
  }
}

async function importBytes(config: Config, bytes: Uint8Array): Promise<Imported> {
  const lab = await findRunningLab(config.data);
  return lab
    ? parseAnswer(routeAnswers['POST /api/bundles'], await lab.upload('/api/bundles', bytes))
    : withLocalStore(config, (parts) => importBundle(bytes, parts));
}

function wordsOf({ profiles, known }: Imported): string {
  if (profiles === 1)
    return `Imported 1 profile${known === 1 ? ', which was there already' : ''}. It is kept whatever its age.`;
  const already = known === 0 ? '' : `; ${known} of them ${known === 1 ? 'was' : 'were'} there already`;
  return `Imported ${profiles} profiles${already}. They are kept whatever their age.`;
}

async function isProfile(bytes: Uint8Array): Promise<boolean> {
  const parser = createProfileParser({ workers: 1 });
  try {
    await parser.parse(new Uint8Array(bytes));
    return true;
  } catch {
    return false;
  } finally {
    await parser.close();
  }
}

function noBundle(name: string, cause: unknown): AppError {
  return new AppError(
    'malformed-bundle',
    `${name} is a pprof profile, and import takes bundles. "flamelab open ${name}" shows it; ` +
      'POST /api/profiles?kind=KIND&service=NAME stores it among the profiles of a service.',
    { cause },
  );
}
