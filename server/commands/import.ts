import { readFile } from 'node:fs/promises';
import { routeAnswers } from '../../protocol/index.ts';
import { resolveConfig } from '../config.ts';
import { AppError } from '../errors.ts';
import { importBundle } from '../http/index.ts';
import { withLocalStore } from './local-store.ts';
import { findRunningLab, parseAnswer } from './running-lab.ts';

/** `flamelab import FILE`: a bundle, whole or not at all, into the running lab of the data folder or into its store. */
export async function importCommand(name: string, flags: { readonly data?: string }): Promise<void> {
  const config = resolveConfig(flags);
  const bytes = await readFile(name).catch((cause) => {
    throw new AppError('bad-path', `${name} can't be read: ${cause.message}`, { cause });
  });
  const lab = await findRunningLab(config.data);
  const { profiles, known } = lab
    ? parseAnswer(routeAnswers['POST /api/bundles'], await lab.upload('/api/bundles', bytes))
    : await withLocalStore(config, (parts) => importBundle(bytes, parts));
  const already = known === 0 ? '' : `; ${known} of them were there already`;
  process.stdout.write(`Imported ${profiles} profiles${already}. They are kept whatever their age.\n`);
}
