// Makes a clone runnable: locked dependencies installed, sources built. Plain JavaScript on Node's own modules, since it
// runs before anything is installed. Progress goes to stderr; stdout belongs to the command.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

const SOURCES = ['protocol', 'server', 'client', 'package.json', 'package-lock.json', 'tsconfig.json'];
const WINDOWS = process.platform === 'win32';

export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  process.stderr.write(
    `Flamelab needs Node 20.19 or newer; this is ${process.version}. Install a newer one from nodejs.org.\n`,
  );
  process.exit(2);
}

export function ensureInstalled() {
  const stamp = join(root, 'node_modules', '.flamelab-installed');
  const lock = hashOf([readFileSync(join(root, 'package-lock.json'))]);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  run('Installing dependencies', 'npm', ['ci', '--no-audit', '--no-fund']);
  writeFileSync(stamp, lock);
}

/** Builds when any source is newer than, or other than, what was built last. */
export function ensureBuilt() {
  const stamp = join(root, 'dist', '.built');
  const state = hashOf(SOURCES.flatMap(listFiles).map((file) => describe(file)));
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === state) return;
  build();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, state);
}

export function build() {
  node('Building the server', 'node_modules/typescript/bin/tsc', ['-b', 'protocol', 'server']);
  const flags = ['build', '--config', 'client/vite.config.ts', '--logLevel', 'warn'];
  // A test runner's NODE_ENV would make it React's slow development build.
  node('Building the page', 'node_modules/vite/bin/vite.js', flags, { NODE_ENV: 'production' });
  const exported = ['build', '--config', 'client/graph-page/vite.config.ts', '--logLevel', 'warn'];
  node('Building the page for exports', 'node_modules/vite/bin/vite.js', exported, { NODE_ENV: 'production' });
}

/** Runs one of the installed tools with this Node; its output goes to stderr. Ends the process when it fails. */
export function node(title, script, args, env = {}) {
  run(title, process.execPath, [join(root, script), ...args], env);
}

function run(title, command, args, env = {}) {
  process.stderr.write(`${title} …\n`);
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    env: { ...process.env, ...env },
    shell: WINDOWS && command === 'npm',
  });
  if (status === 0) return;
  process.stderr.write(
    `${title} failed${error ? `: ${error.message}` : ` (exit ${status})`}. What it printed is above.\n`,
  );
  process.exit(2);
}

function listFiles(name) {
  const path = join(root, name);
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => listFiles(join(name, entry.name)));
}

function describe(file) {
  const { size, mtimeMs } = statSync(file);
  return `${file} ${size} ${mtimeMs}\n`;
}

function hashOf(parts) {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}
