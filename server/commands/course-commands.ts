import type { z } from 'zod';
import { type ExerciseView, exerciseView, routeAnswers, type SolutionView } from '../../protocol/index.ts';
import type { PlaceOptions } from '../cli.ts';
import { resolveConfig } from '../config.ts';
import { withLocalCourse } from './local-course.ts';
import { findRunningLab, parseAnswer } from './running-lab.ts';
import { describeChange } from './text-change.ts';

const path = (slug: string, what: string): string => `/api/exercises/${encodeURIComponent(slug)}/${what}`;
const write = (text: string): void => void process.stdout.write(`${text}\n`);

/** `flamelab hint`: the next step of the ladder, all shown so far above it. */
export async function hintCommand(slug: string, flags: PlaceOptions): Promise<void> {
  write(await takeHint(slug, flags));
}

export async function takeHint(slug: string, flags: PlaceOptions): Promise<string> {
  const config = resolveConfig(flags);
  const lab = await findRunningLab(config.data);
  const view: ExerciseView = lab
    ? parseAnswer(exerciseView, await lab.post(path(slug, 'hint'), {}))
    : await withLocalCourse(config, ({ actions }) => actions.hint(slug));
  const { shown, total } = view.hints;
  return shown.map(({ level, text }, index) => `${index + 1}/${total} ${level}: ${text}`).join('\n');
}

export async function solutionCommand(slug: string, flags: PlaceOptions): Promise<void> {
  const config = resolveConfig(flags);
  const { solutions }: SolutionView = await withLocalCourse(config, ({ actions }) => actions.solution(slug));
  for (const { name, files } of solutions) {
    for (const file of files)
      write(`--- ${file.path}\n+++ ${name}/${file.path}\n${describeChange(file.before, file.after)}`);
  }
}

/** `flamelab reset`: says where the learner's files were put. */
export async function resetCommand(slug: string, flags: PlaceOptions): Promise<void> {
  write(await resetExercise(slug, flags));
}

export async function resetExercise(slug: string, flags: PlaceOptions): Promise<string> {
  const config = resolveConfig(flags);
  const lab = await findRunningLab(config.data);
  const answer: z.infer<(typeof routeAnswers)['POST /api/exercises/:slug/reset']> = lab
    ? parseAnswer(routeAnswers['POST /api/exercises/:slug/reset'], await lab.post(path(slug, 'reset'), {}))
    : await withLocalCourse(config, ({ actions }) => actions.reset(slug));
  return answer.keptAs
    ? `The start of ${slug} is back. Your files are kept in ${answer.keptAs}.`
    : `${slug} is as it starts; nothing to reset.`;
}
