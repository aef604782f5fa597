import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface GoProfiles {
  readonly folder: string;
  /** Names of the gzip files in it: cpu-0.pb.gz …, heap.pb.gz, allocs.pb.gz, goroutine.pb.gz, mutex.pb.gz, block.pb.gz. */
  readonly names: readonly string[];
}

/** Real profiles of `go-profiles/`, made once and kept in the system's temporary folder, named by the program and its options. */
export async function ensureGoProfiles(options: { windows: number; millis: number }): Promise<GoProfiles> {
  const source = join(repositoryRoot(), 'test', 'support', 'go-profiles');
  const program = await readFile(join(source, 'main.go'));
  const { stdout: version } = await run('go', ['env', 'GOVERSION']);
  const key = createHash('sha256').update(program).update(version).update(JSON.stringify(options)).digest('hex');
  const folder = join(tmpdir(), `flamelab-go-profiles-${key.slice(0, 16)}`);
  if (!existsSync(folder)) await makeProfiles(source, folder, options);
  return { folder, names: (await readdir(folder)).sort() };
}

/** Into a folder of its own first, so that a half-made one is never taken for whole; a simultaneous run's result is as good. */
async function makeProfiles(
  source: string,
  folder: string,
  options: { windows: number; millis: number },
): Promise<void> {
  const making = await mkdtemp(`${folder}-`);
  const args = ['run', '.', '-out', making, '-windows', `${options.windows}`, '-millis', `${options.millis}`];
  await run('go', args, { cwd: source, env: { ...process.env, GOFLAGS: '-buildvcs=false', GOWORK: 'off' } });
  await rename(making, folder).catch(async (error: unknown) => {
    await rm(making, { recursive: true });
    if (!existsSync(folder)) throw error;
  });
}

/** Sources stay where they are when the tests are built to dist/test/. */
function repositoryRoot(): string {
  const here = fileURLToPath(new URL('../..', import.meta.url));
  return here.endsWith('dist/') || here.endsWith('dist\\') ? join(here, '..') : here;
}
