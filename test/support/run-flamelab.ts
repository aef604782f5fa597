import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export const root = join(import.meta.dirname, '..', '..');
const command = join(root, 'server', 'bin', 'flamelab.mjs');

export interface Finished {
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one command to its end, as `npx flamelab …` would. */
export async function runFlamelab(...args: string[]): Promise<Finished> {
  const child = spawn(process.execPath, [command, ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  const exit = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { exit, stdout, stderr };
}

export interface ServedLab {
  readonly child: ChildProcess;
  readonly url: string;
  readonly token: string;
  readonly port: number;
  readonly data: string;
  readonly workspace: string;
  stderr(): string;
  /** Asks the API with the token. */
  ask(path: string, init?: { method?: string; body?: unknown }): Promise<{ status: number; body: unknown }>;
  /** TERM, and waits for its end. */
  stop(): Promise<number | null>;
}

/** Starts a lab on a free port with folders of its own (or given ones) and waits for its ready line. */
export async function serveLab(folders?: { data: string; workspace: string }, ...flags: string[]): Promise<ServedLab> {
  const { data, workspace } = folders ?? (await createFolders());
  const args = [
    'serve',
    '--no-open',
    '--ready-json',
    '--port',
    '0',
    '--data',
    data,
    '--workspace',
    workspace,
    ...flags,
  ];
  const child = spawn(process.execPath, [command, ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const line = await Promise.race([firstLine(child), ended.then((exit) => `exit ${exit}: ${stderr}`)]);
  if (!line.startsWith('{')) throw new Error(line);
  const { url, token, port }: { url: string; token: string; port: number } = JSON.parse(line);
  return {
    child,
    url,
    token,
    port,
    data,
    workspace,
    stderr: () => stderr,
    async ask(path, { method = 'GET', body } = {}) {
      const response = await fetch(`http://127.0.0.1:${port}${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return { status: response.status, body: await response.json() };
    },
    async stop() {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

export async function createFolders(): Promise<{ data: string; workspace: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'flamelab-'));
  return {
    data: join(folder, 'data'),
    workspace: join(folder, 'workspace'),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    if (child.stdout) createInterface({ input: child.stdout }).once('line', resolve);
  });
}

/** Asks again until the answer is as wished; the test's own timeout is the limit. */
export async function until<T>(ask: () => Promise<T>, isWished: (answer: T) => boolean): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (isWished(answer)) return answer;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Calls `start` with another PATH, which a process that is spawned in it keeps. */
export function withPath<T>(path: string, start: () => T): T {
  const { PATH } = process.env;
  process.env.PATH = path;
  try {
    return start();
  } finally {
    process.env.PATH = PATH;
  }
}
