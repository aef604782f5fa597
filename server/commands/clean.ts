import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { type Config, resolveConfig } from '../config.ts';
import { AppError } from '../errors.ts';
import { lockFolder } from '../store/index.ts';
import { type DataPlace, describePlaces, listPlaces, type PlaceGroup, sizeText } from './data-places.ts';
import { findRunningLab } from './running-lab.ts';

export interface CleanFlags {
  readonly data?: string;
  readonly workspace?: string;
  readonly dryRun?: boolean;
  readonly profiles?: boolean;
  readonly builds?: boolean;
  readonly all?: boolean;
  readonly withWorkspace?: boolean;
  readonly yes?: boolean;
}

const write = (text: string): void => void process.stdout.write(text);

/**
 * `flamelab clean`: says what lies where, asks, and removes: without flags what can be made again (profiles and builds). The
 * learner's own files go only with --with-workspace. Nothing is touched while a lab, or a command with its store, is at work there.
 */
export async function cleanCommand(flags: CleanFlags): Promise<void> {
  const config = resolveConfig(flags);
  const lab = await findRunningLab(config.data);
  if (lab) throw inUse(config, lab.pid);
  const places = await listPlaces(config);
  const groups = groupsOf(flags);
  const going = places.filter(({ group }) => groups.has(group));
  const staying = places.filter(({ group }) => !groups.has(group));
  if (going.length === 0) return write(`Nothing to remove in ${config.data}.\n`);
  await checkPlaces(config, going);
  write(`To be removed:\n${describePlaces(going)}`);
  if (staying.length > 0) write(`Stays:\n${describePlaces(staying)}`);
  if (flags.dryRun) return write('Nothing was removed (--dry-run).\n');
  if (!flags.yes && !(await confirm())) {
    process.exitCode = 2;
    return write('Nothing was removed.\n');
  }
  await remove(config, going);
  write(`Removed ${sizeText(going.reduce((sum, { bytes }) => sum + bytes, 0))}.\n`);
}

function groupsOf({ profiles, builds, all, withWorkspace }: CleanFlags): ReadonlySet<PlaceGroup> {
  const groups = new Set<PlaceGroup>();
  const any = profiles || builds || all || withWorkspace;
  if (profiles || all || !any) groups.add('profiles');
  if (builds || all || !any) groups.add('builds');
  if (all) groups.add('progress');
  if (withWorkspace) groups.add('work');
  return groups;
}

/** Folders that no lab has written are left alone, whatever is in them. */
async function checkPlaces({ data, workspace }: Config, places: readonly DataPlace[]): Promise<void> {
  const mark = await readFile(join(data, 'installation'), 'utf8').catch(() => '');
  const isData = /^[a-z0-9]{12}$/.test(mark) || existsSync(join(data, 'store', 'profiles.duckdb'));
  if (!isData && places.some(({ path }) => path !== workspace))
    throw new AppError('bad-path', `${data} is not the data folder of a lab: nothing was removed.`);
  const mod = await readFile(join(workspace, 'go.mod'), 'utf8').catch(() => '');
  if (!/^module bazaar$/m.test(mod) && places.some(({ path }) => path === workspace))
    throw new AppError('bad-path', `${workspace} is not a workspace of the lab: nothing was removed.`);
}

async function confirm(): Promise<boolean> {
  if (!process.stdin.isTTY) {
    process.stderr.write('Nobody can be asked here: add --yes to remove without a question.\n');
    return false;
  }
  const questions = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await questions.question('Remove? (y/N) ');
  questions.close();
  return /^y(es)?$/i.test(answer.trim());
}

/** Holds the store's lock meanwhile, so that no lab starts in the middle. */
async function remove(config: Config, places: readonly DataPlace[]): Promise<void> {
  const store = join(config.data, 'store');
  const lock = existsSync(store)
    ? await lockFolder(store).catch((cause) => Promise.reject(refusal(config, cause)))
    : null;
  try {
    for (const { path } of places) await rm(path, { recursive: true, force: true });
  } finally {
    await lock?.release();
  }
}

function refusal(config: Config, cause: unknown): unknown {
  const detail = cause instanceof AppError && cause.code === 'busy' ? cause.detail : null;
  if (typeof detail !== 'object' || detail === null || !('pid' in detail)) return cause;
  return inUse(config, Number(detail.pid));
}

function inUse({ data }: Config, pid: number): AppError {
  return new AppError('busy', `A lab (process ${pid}) is at work in ${data}: stop it first. Nothing was removed.`);
}
