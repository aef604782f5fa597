import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** A pid can be used again; pid and start time together can't (until the next boot, which `start` names too). */
export interface ProcessIdentity {
  readonly pid: number;
  readonly start: string;
}

export interface ProcessRow extends ProcessIdentity {
  readonly parent: number;
  readonly group: number;
  readonly session: number;
  readonly residentBytes: number;
  /** Ended, but not yet collected by its parent. */
  readonly zombie: boolean;
}

/** The processes of this machine. Empty on Windows, where the lab ends trees by taskkill and states that it doesn't watch them. */
export function readProcessTable(): ProcessRow[] {
  if (process.platform === 'linux') return readLinuxTable();
  if (process.platform === 'win32') return [];
  return rowsFromPs(runPs(['-A']));
}

export function findProcess(pid: number): ProcessRow | undefined {
  if (process.platform === 'linux') return readLinuxProcess(pid);
  if (process.platform === 'win32') return undefined;
  return rowsFromPs(runPs(['-p', String(pid)]))[0];
}

/** Whether the very process of `identity` still runs (a zombie doesn't). */
export function isAlive(identity: ProcessIdentity): boolean {
  const row = findProcess(identity.pid);
  return row !== undefined && row.start === identity.start && !row.zombie;
}

/** The value of an environment variable as the process was started with; undefined if unset or not ours to read. */
export function findVariable(pid: number, name: string): string | undefined {
  if (process.platform !== 'linux') return undefined;
  const text = readText(`/proc/${pid}/environ`);
  const start = text?.startsWith(`${name}=`) ? 0 : (text?.indexOf(`\0${name}=`) ?? -1) + 1;
  if (text === undefined || (start === 0 && !text.startsWith(`${name}=`))) return undefined;
  const end = text.indexOf('\0', start);
  return text.slice(start + name.length + 1, end === -1 ? undefined : end);
}

function readLinuxTable(): ProcessRow[] {
  const rows: ProcessRow[] = [];
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    const row = Number.isInteger(pid) ? readLinuxProcess(pid) : undefined;
    if (row !== undefined) rows.push(row);
  }
  return rows;
}

function readLinuxProcess(pid: number): ProcessRow | undefined {
  const text = readText(`/proc/${pid}/stat`);
  return text === undefined ? undefined : rowFromStat(text, { boot: bootId(), pageBytes: pageBytes() });
}

/** proc(5): `pid (name, which may hold anything) state ppid pgrp session …`; starttime is field 22, rss in pages field 24. */
export function rowFromStat(text: string, machine: { boot: string; pageBytes: number }): ProcessRow | undefined {
  const close = text.lastIndexOf(')');
  const fields = text.slice(close + 2).split(' ');
  const start = fields[19];
  if (close === -1 || start === undefined) return undefined;
  return {
    pid: Number.parseInt(text, 10),
    parent: Number(fields[1]),
    group: Number(fields[2]),
    session: Number(fields[3]),
    start: `${machine.boot}:${start}`,
    residentBytes: Number(fields[21]) * machine.pageBytes,
    zombie: fields[0] === 'Z' || fields[0] === 'X',
  };
}

/** Lines of `ps -o pid=,ppid=,pgid=,sess=,rss=,stat=,lstart=`. macOS prints sess as 0: the session is then unknown. */
export function rowsFromPs(text: string): ProcessRow[] {
  const rows: ProcessRow[] = [];
  for (const line of text.split('\n')) {
    const match = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(\d+)\s+(\S+)\s+(.+?)\s*$/.exec(line);
    if (match === null) continue;
    const [, pid, parent, group, session, kilobytes, state, start] = match;
    rows.push({
      pid: Number(pid),
      parent: Number(parent),
      group: Number(group),
      session: Number(session) || 0,
      start: start ?? '',
      residentBytes: Number(kilobytes) * 1024,
      zombie: state?.startsWith('Z') ?? false,
    });
  }
  return rows;
}

function runPs(selection: string[]): string {
  const columns = 'pid=,ppid=,pgid=,sess=,rss=,stat=,lstart=';
  try {
    return execFileSync('ps', [...selection, '-o', columns], {
      encoding: 'utf8',
      env: { PATH: '/bin:/usr/bin', LC_ALL: 'C' },
    });
  } catch {
    return ''; // ps exits 1 when no process matches
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return undefined; // ended meanwhile, or somebody else's
  }
}

let knownBoot: string | undefined;
function bootId(): string {
  knownBoot ??= (readText('/proc/sys/kernel/random/boot_id') ?? 'boot').slice(0, 8);
  return knownBoot;
}

/** AT_PAGESZ (6) of the auxiliary vector: 4,096 on most machines, 16,384 or 65,536 on some arm64 ones. */
let knownPage: number | undefined;
function pageBytes(): number {
  knownPage ??= findPageBytes();
  return knownPage;
}

function findPageBytes(): number {
  const text = readText('/proc/self/auxv');
  const vector = Buffer.from(text ?? '', 'latin1');
  for (let at = 0; at + 16 <= vector.length; at += 16) {
    if (vector.readBigUInt64LE(at) === 6n) return Number(vector.readBigUInt64LE(at + 8));
  }
  return 4_096;
}
