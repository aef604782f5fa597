import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import open from 'open';
import { exploreLinks, routeAnswers } from '../../protocol/index.ts';
import { resolveConfig } from '../config.ts';
import { AppError } from '../errors.ts';
import { startLab } from '../main.ts';
import { createProfileParser } from '../profile/profile-parser.ts';
import { whyUnreadable } from './file-failure.ts';
import { findRunningLab, parseAnswer, type RunningLab } from './running-lab.ts';
import { runUntilStopped } from './serve.ts';

export interface OpenFlags {
  readonly port: number;
  readonly open: boolean;
  readonly data?: string;
  readonly workspace?: string;
}

interface ProfileFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const EXIT_ERROR = 2;

/**
 * `flamelab open FILE…`: in the running lab of the data folder, else in one that is started and runs on until it is stopped.
 * Files that can't be read are named with what is wrong; the others are opened all the same, and the exit code is 2.
 */
export async function openCommand(names: readonly string[], flags: OpenFlags): Promise<void> {
  const config = resolveConfig({ ...flags, open: false });
  const files = await readFiles(names);
  const failed = files.length < names.length;
  if (failed) process.exitCode = EXIT_ERROR;
  if (files.length === 0) return;
  const running = await findRunningLab(config.data);
  if (running) return show(running, files, flags);
  const started = await startLab(config);
  runUntilStopped(started, failed ? EXIT_ERROR : 0);
  const lab = await findRunningLab(config.data);
  if (!lab) throw new AppError('internal', 'The lab was started and does not answer.');
  await show(lab, files, flags);
}

/** Those that are profiles; of the others it is said why not. */
async function readFiles(names: readonly string[]): Promise<ProfileFile[]> {
  const parser = createProfileParser({ workers: 1 });
  const files: ProfileFile[] = [];
  try {
    for (const name of names) {
      try {
        const bytes = await readFile(name).catch((cause) => {
          throw new AppError('bad-path', `${whyUnreadable(cause)}.`, { cause });
        });
        await parser.parse(new Uint8Array(bytes));
        files.push({ name: basename(name), bytes });
      } catch (cause) {
        process.stderr.write(`flamelab: ${name}: ${cause instanceof Error ? cause.message : String(cause)}\n`);
      }
    }
    return files;
  } finally {
    await parser.close();
  }
}

async function show(lab: RunningLab, files: readonly ProfileFile[], flags: OpenFlags): Promise<void> {
  const opened: { kind: string; match: string }[] = [];
  for (const { name, bytes } of files) {
    const path = `/api/files?${new URLSearchParams({ name })}`;
    opened.push(parseAnswer(routeAnswers['POST /api/files'], await lab.upload(path, bytes)));
  }
  const links = await Promise.all(exploreLinks(opened).map((to) => linkTo(lab, to)));
  for (const link of links) process.stdout.write(`${link}\n`);
  if (!flags.open || links[0] === undefined) return;
  await open(links[0]).catch(() => process.stderr.write('No browser could be opened: open the link by hand.\n'));
}

/** A link that works once: it lets its reader in, and leads to the view. */
async function linkTo(lab: RunningLab, to: string): Promise<string> {
  return parseAnswer(routeAnswers['POST /api/codes'], await lab.post('/api/codes', { to })).url;
}
