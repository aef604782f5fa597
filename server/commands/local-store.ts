import { join } from 'node:path';
import { systemClock } from '../clock.ts';
import type { Config } from '../config.ts';
import type { ExportOptions } from '../http/index.ts';
import { createProfileParser } from '../profile/profile-parser.ts';
import { openStore } from '../store/index.ts';
import { exportFunctions } from '../wiring/export-functions.ts';
import { profileFunctions } from '../wiring/profile-functions.ts';

/** The store of a data folder without a lab, for one command. Rejects `busy` when another process has it. */
export async function withLocalStore<T>(config: Config, task: (parts: ExportOptions) => Promise<T>): Promise<T> {
  const log = (line: string): void => void process.stderr.write(`${line}\n`);
  const store = await openStore({ dir: join(config.data, 'store'), clock: systemClock, log });
  const parser = createProfileParser({ workers: 1 });
  try {
    const profiles = profileFunctions((bytes) => parser.parse(bytes));
    return await task({ clock: systemClock, store, profiles, exports: exportFunctions(config.root) });
  } finally {
    await parser.close();
    await store.close();
  }
}
