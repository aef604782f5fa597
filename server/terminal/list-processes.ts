import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { ProcessRow } from './find-family.ts';
import { TERMINAL_MARK } from './shell-environment.ts';

/** The processes that run now (zombies don't), each asked for `mark`. Not for Windows. */
export function listProcesses(mark: string): Promise<ProcessRow[]> {
  return process.platform === 'linux' ? listFromProc(mark) : listFromPs();
}

async function listFromProc(mark: string): Promise<ProcessRow[]> {
  const names = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const rows = await Promise.all(names.map((name) => readProc(name, mark)));
  return rows.filter((row) => row !== null);
}

/** null: it has ended since, or is a zombie. */
async function readProc(name: string, mark: string): Promise<ProcessRow | null> {
  const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
  // proc(5): `pid (comm) state ppid pgrp session … starttime`; comm may have spaces and brackets, so look behind the last one.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state = 'Z', parent = '0', , group = ''] = fields;
  if (state === 'Z' || state === 'X') return null;
  // The environment of another user's process is unreadable; then it isn't a shell's child anyway.
  const environment = await readFile(`/proc/${name}/environ`, 'utf8').catch(() => '');
  const isMarked = `\0${environment}`.includes(`\0${TERMINAL_MARK}=${mark}`);
  return { pid: Number(name), parent: Number(parent), group, started: fields[19] ?? '', isMarked };
}

/** Other systems don't show environments; parents and terminals have to do. */
async function listFromPs(): Promise<ProcessRow[]> {
  const { stdout } = await promisify(execFile)('ps', ['-axo', 'pid=,ppid=,tty=,stat=,lstart=']);
  return stdout.split('\n').flatMap((line) => {
    const [pid = '', parent = '', group = '', stat = '', ...started] = line.trim().split(/\s+/);
    if (pid === '' || stat.startsWith('Z')) return [];
    return [{ pid: Number(pid), parent: Number(parent), group, started: started.join(' '), isMarked: false }];
  });
}
