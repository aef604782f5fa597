import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { root } from './run-flamelab.ts';

/** A Go program that nobody here wrote for the lab (test/fixtures/pprof-server), built by the plain go tool. */
export interface PprofServer {
  readonly port: number;
  readonly url: string;
  /** KILL, and waits for its end. */
  kill(): Promise<void>;
}

export interface BuiltPprofServer {
  /** Port 0 takes any free one. */
  start(port?: number): Promise<PprofServer>;
  remove(): Promise<void>;
}

export async function buildPprofServer(): Promise<BuiltPprofServer> {
  const folder = await mkdtemp(join(tmpdir(), 'flamelab-pprof-server-'));
  const binary = join(folder, 'pprof-server');
  const source = join(root, 'test', 'fixtures', 'pprof-server', 'main.go');
  await promisify(execFile)('go', ['build', '-o', binary, source], { env: { ...process.env, GOWORK: 'off' } });
  const running = new Set<PprofServer>();
  return {
    async start(port = 0) {
      const server = await startServer(binary, port);
      running.add(server);
      return server;
    },
    async remove() {
      await Promise.all([...running].map((server) => server.kill()));
      await rm(folder, { recursive: true });
    },
  };
}

async function startServer(binary: string, wanted: number): Promise<PprofServer> {
  const child: ChildProcess = spawn(binary, ['-addr', `127.0.0.1:${wanted}`], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const address = await new Promise<string>((resolve, reject) => {
    if (child.stdout) createInterface({ input: child.stdout }).once('line', resolve);
    void ended.then(() => reject(new Error('the server ended before it listened')));
  });
  const port = Number(address.split(':').at(-1));
  return {
    port,
    url: `http://${address}`,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
