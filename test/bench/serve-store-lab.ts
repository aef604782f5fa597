import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFolders, type ServedLab, serveLab, withPath } from '../support/run-flamelab.ts';

export interface StoreLab {
  readonly lab: ServedLab;
  /** Stops it and removes its folders. */
  close(): Promise<void>;
}

/** The lab as users run it, but no Go in its PATH: no fleet fills the store beside the benchmark. `fill` gets the store's folder first. */
export async function serveStoreLab(fill: (dir: string) => Promise<void> = async () => {}): Promise<StoreLab> {
  const folders = await createFolders();
  const empty = await mkdtemp(join(tmpdir(), 'flamelab-no-go-'));
  const remove = async (): Promise<void> => {
    await folders.remove();
    await rm(empty, { recursive: true });
  };
  try {
    await fill(join(folders.data, 'store'));
    const lab = await withPath(empty, () => serveLab(folders));
    return {
      lab,
      async close() {
        await lab.stop();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}
