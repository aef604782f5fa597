import { relative, sep } from 'node:path';
import { watch as watchFolder } from 'chokidar';
import type { Clock } from '../clock.ts';
import { isCleanName, MAX_DEPTH } from './clean-name.ts';

const SETTLE_MILLIS = 60;

export interface WatchParts {
  readonly clock: Clock;
  readonly log: (message: string) => void;
  /** Clean names that something happened to, settled. */
  readonly onTouched: (names: string[]) => void;
}

/** Tells which files of the workspace were touched, 60 ms after the last event of a burst. Resolves when it watches. */
export async function watchFiles(root: string, { clock, log, onTouched }: WatchParts): Promise<() => Promise<void>> {
  const touched = new Set<string>();
  let cancel: () => void = () => undefined;
  const nameOf = (path: string) => relative(root, path).split(sep).join('/');
  const watcher = watchFolder(root, {
    ignoreInitial: true,
    followSymlinks: false,
    depth: MAX_DEPTH,
    ignored: (path) => path !== root && !isCleanName(nameOf(path)),
  });
  const onEvent = (path: string) => {
    touched.add(nameOf(path));
    cancel();
    cancel = clock.after(SETTLE_MILLIS, () => {
      const names = [...touched];
      touched.clear();
      onTouched(names);
    });
  };
  watcher.on('add', onEvent).on('change', onEvent).on('unlink', onEvent);
  watcher.on('error', (cause) => log(`watching the workspace failed: ${String(cause)}`));
  await new Promise<void>((resolve) => watcher.once('ready', () => resolve()));
  return async () => {
    cancel();
    await watcher.close();
  };
}
