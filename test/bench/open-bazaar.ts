import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { readyLine } from '../../protocol/index.ts';
import { root } from '../support/run-flamelab.ts';

const run = promisify(execFile);

export interface Bazaar {
  readonly instances: readonly { readonly instance: string; readonly url: string }[];
  /** Ends services and traffic. */
  close(): Promise<void>;
}

/** What the load generator drives, and how many requests a second its instances share: most of what two cores can do: beyond it, nobody could fetch a profile in time. */
const SCENARIOS = [
  { service: 'search', instances: 2, rate: 1_500 },
  { service: 'reports', instances: 1, rate: 120 },
  { service: 'checkout', instances: 1, rate: 250 },
] as const;
const PROGRAMS = [...SCENARIOS.map(({ service }) => service), 'payments', 'load'];

/** Bazaar's services from the installed sources under the load generator's traffic, without a lab around them. */
export async function openBazaar(): Promise<Bazaar> {
  const folder = await mkdtemp(join(tmpdir(), 'flamelab-bazaar-'));
  const children: ChildProcess[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(children.map(end));
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const packages = PROGRAMS.map((program) => `./${program}`);
    const env = { ...process.env, GOFLAGS: '-buildvcs=false', GOWORK: 'off' };
    await run('go', ['build', '-o', folder, ...packages], { cwd: join(root, 'go-samples'), env });
    const start = async (program: string, args: readonly string[] = []): Promise<string> => {
      const child = spawn(join(folder, program), ['-exit-on-stdin-close', ...args], {
        stdio: ['pipe', 'pipe', 'ignore'],
      });
      children.push(child);
      return `http://${await addressOf(child)}`;
    };
    const payments = await start('payments');
    const found: { instance: string; url: string }[] = [];
    for (const { service, instances, rate } of SCENARIOS) {
      const args = ['drive', '-scenario', service, '-rate', `${rate}`];
      for (let number = 1; number <= instances; number++) {
        const instance = `${service}-${number}`;
        const url = await start(service, service === 'checkout' ? ['-payments', payments] : []);
        found.push({ instance, url });
        args.push('-target', `${instance}=${url}`);
        if (service === 'checkout') args.push('-downstream', `${instance}.payments=${payments}`);
      }
      children.push(spawn(join(folder, 'load'), args, { stdio: ['pipe', 'ignore', 'ignore'] }));
    }
    return { instances: found, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function addressOf({ stdout }: ChildProcess): Promise<string> {
  if (stdout === null) throw new Error('a service without output');
  const line = await new Promise<string>((resolve) => createInterface({ input: stdout }).once('line', resolve));
  return readyLine.parse(JSON.parse(line)).addr;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
}
