import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { GoView } from '../../protocol/index.ts';
import type { RunProgram } from './run-program.ts';

/** What the rest of the toolchain needs to know of the Go that was found. */
export interface FoundGo {
  readonly view: GoView;
  readonly command: string;
  /** go1.26.8 */
  readonly version: string;
  readonly root: string;
  readonly cache: string;
}

const OLDEST_MINOR = 24;
const INSTALL = 'install Go 1.24 or newer from https://go.dev/dl/ (or by the package manager) and start the lab again';
const USUAL_PLACES = [
  '/usr/local/go/bin/go',
  '/usr/lib/go/bin/go',
  '/opt/homebrew/bin/go',
  'C:\\Program Files\\Go\\bin\\go.exe',
];

/** Asks Go for its version and folders. Missing or too old: what was found, and the fix, in `view.message`. */
export async function findGo(command: string, cacheDir: string, run: RunProgram): Promise<FoundGo | GoView> {
  let output = '';
  const result = await run({
    what: 'go env',
    command,
    args: ['env', 'GOVERSION', 'GOROOT', 'GOCACHE'],
    env: { GOENV: 'off', GOTOOLCHAIN: 'local', GOWORK: 'off', GOFLAGS: '', ...ownCache() },
    limits: { millis: 20_000, bytes: 1_000_000_000, processes: 64 },
    onOutput: (text) => {
      output += text;
    },
  });
  if (result.ended?.by === 'missing') return { ok: false, version: null, message: missingMessage(command) };
  const [version = '', root = '', cache = ''] = output.trim().split(/\r?\n/);
  const match = /\bgo(\d+)\.(\d+)/.exec(version);
  if (result.exit !== 0 || match === null) {
    return { ok: false, version: null, message: `\`${command} env\` failed (${brief(output)}): ${INSTALL}` };
  }
  if (Number(match[1]) === 1 && Number(match[2]) < OLDEST_MINOR) {
    return { ok: false, version, message: `found ${version} in ${root}, which is too old: ${INSTALL}` };
  }
  const view = { ok: true, version, message: null };
  return { view, command, version, root, cache: usableCache(cache, cacheDir) };
}

/** The user's own build cache choice counts, as for every Go program; it is shared, so that the standard library is warm. */
function ownCache(): Record<string, string> {
  const cache = process.env.GOCACHE;
  return cache === undefined ? {} : { GOCACHE: cache };
}

function usableCache(shared: string, cacheDir: string): string {
  try {
    mkdirSync(shared, { recursive: true });
    accessSync(shared, constants.W_OK);
    return shared;
  } catch {
    return join(cacheDir, 'go-build'); // GOCACHE=off, a read-only home
  }
}

function missingMessage(command: string): string {
  const elsewhere = USUAL_PLACES.find((place) => existsSync(place));
  if (elsewhere === undefined) return `Go was not found (${command} is not on PATH): ${INSTALL}`;
  return `Go was not found on PATH (${command}), but there is ${elsewhere}: add its folder to PATH and start the lab again`;
}

function brief(output: string): string {
  const text = output.trim().slice(0, 200);
  return text === '' ? 'it printed nothing' : text;
}
