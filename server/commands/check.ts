import { randomInt } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Gate, routeAnswers, type Verdict, verdict as verdictSchema } from '../../protocol/index.ts';
import { repeatUntil, systemClock } from '../clock.ts';
import { resolveConfig } from '../config.ts';
import { AppError } from '../errors.ts';
import { errorVerdict, type Files } from '../lab/index.ts';
import type { Profile } from '../profile/profile.ts';
import { type LocalCourse, withLocalCourse } from './local-course.ts';
import { printVerdict } from './print-verdict.ts';
import { readOverlay } from './read-overlay.ts';
import { findRunningLab, parseAnswer, type RunningLab } from './running-lab.ts';

export interface CheckFlags {
  readonly code?: string;
  readonly json?: boolean;
  readonly seed?: number;
  readonly workspace?: string;
  readonly data?: string;
}

/** `flamelab check EXERCISE`: in the running lab of the data folder when there is one, else by itself. */
export async function checkCommand(slug: string, flags: CheckFlags): Promise<void> {
  await checkUntil(slug, flags, new AbortController().signal);
}

/** Rejects when the signal aborts; nothing of the check runs on then. */
export async function checkUntil(slug: string, flags: CheckFlags, signal: AbortSignal): Promise<void> {
  const seed = flags.seed ?? randomInt(2 ** 31);
  const verdict = await judge(slug, flags, { seed, signal, listener: null }).catch((cause: unknown) => {
    if (!flags.json || !(cause instanceof AppError)) throw cause;
    process.stderr.write(`flamelab: ${cause.message}\n`);
    return errorVerdict(slug, seed, 0, cause.message);
  });
  if (flags.json) process.stdout.write(`${JSON.stringify(verdict)}\n`);
  else printVerdict(verdict, (line) => process.stdout.write(`${line}\n`));
  process.exitCode = exitCodeOf(verdict);
}

export function exitCodeOf({ verdict }: Verdict): number {
  if (verdict === 'fixed') return 0;
  if (verdict === 'inconclusive') return 3;
  return verdict === 'error' ? 2 : 1;
}

/** What is said of a check while it runs. */
export interface CheckListener {
  reported(progress: { phase: string; gates: readonly Gate[] }): void;
  /** A profile of the learner's code; only of checks in this process. */
  profiled(kind: string, profile: Profile): void;
}

interface Wanted {
  readonly seed: number;
  readonly signal: AbortSignal;
  /** Without one, phases of a check in this process go to stderr. */
  readonly listener: CheckListener | null;
}

/** A running lab judges its own workspace, or an overlay; another workspace than its own is judged here. */
export async function judge(slug: string, flags: CheckFlags, wanted: Wanted): Promise<Verdict> {
  const { seed, signal, listener } = wanted;
  const config = resolveConfig(flags);
  const overlay = flags.code === undefined ? null : await overlayOf(flags.code);
  const lab = await findRunningLab(config.data);
  const isItsOwn = overlay !== null || lab?.workspace === config.workspace;
  if (!lab || !isItsOwn) {
    const profiled = (instance: string, kind: string, profile: Profile): void => {
      if (instance === `${slug}-candidate`) listener?.profiled(kind, profile);
    };
    return withLocalCourse(config, (course) => judgeLocally(course, slug, { overlay, ...wanted }), profiled);
  }
  const body = overlay ? { seed, files: textsOf(overlay) } : { seed };
  const answer = lab.post(`/api/exercises/${encodeURIComponent(slug)}/verdict`, body, signal);
  if (listener) await followJudging(lab, { seed, listener, until: answer });
  return parseAnswer(verdictSchema, await answer);
}

const LOOK_MILLIS = 300;

/** The lab's state says how far its check for a command is; without it there is only the answer, at the end. */
async function followJudging(
  lab: RunningLab,
  { seed, listener, until }: { seed: number; listener: CheckListener; until: Promise<unknown> },
): Promise<void> {
  await repeatUntil(until, { clock: systemClock, millis: LOOK_MILLIS }, async (isOver) => {
    const state = routeAnswers['GET /api/lab'].safeParse(await lab.get('/api/lab').catch(() => null));
    const judging = state.data?.judging;
    if (!isOver() && judging?.seed === seed) listener.reported(judging);
  });
}

async function judgeLocally(
  course: LocalCourse,
  slug: string,
  { overlay, seed, signal, listener }: Wanted & { readonly overlay: Files | null },
): Promise<Verdict> {
  const exercise = course.actions.find(slug);
  const go = await course.toolchain.probeGo();
  if (!go.ok) throw new AppError('go-missing', go.message ?? 'Go is missing.');
  const files = overlay
    ? new Map([...(await course.workspace.installedFiles()), ...overlay])
    : await course.workspace.readAll();
  const show = ({ phase }: { phase: string }): void => void process.stderr.write(`  ${phase} …\n`);
  const report = listener ? listener.reported : show;
  const verdict = await course.check({ exercise, files, seed, signal, report });
  if (!overlay) await course.actions.judged(slug, verdict);
  return verdict;
}

async function overlayOf(folder: string): Promise<Files> {
  const dir = resolve(folder);
  const found = await stat(dir).catch(() => null);
  if (!found?.isDirectory()) throw new AppError('bad-path', `--code ${folder} is not a folder.`);
  return readOverlay(dir);
}

function textsOf(files: Files): Record<string, string> {
  return Object.fromEntries([...files].map(([name, bytes]) => [name, Buffer.from(bytes).toString('utf8')]));
}
