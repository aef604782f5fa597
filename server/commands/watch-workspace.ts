import type { Config } from '../config.ts';
import { createCore } from '../wiring/core.ts';

/** Calls `changed` after saves in the workspace; resolves with what ends that. */
export async function watchWorkspace(config: Config, changed: () => void): Promise<() => Promise<void>> {
  const core = createCore(config);
  await core.workspace.ensure();
  const stop = await core.workspace.watch(() => changed());
  return async () => {
    await stop();
    await core.close();
  };
}
