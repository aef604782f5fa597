import { join } from 'node:path';
import { systemClock } from '../clock.ts';
import type { Config } from '../config.ts';
import { loadCourse, openProgress } from '../course/index.ts';
import { AppError } from '../errors.ts';
import { CourseActions } from '../lab/index.ts';

/** The course with the progress of a data folder, without a lab: nothing runs, so there are no profiles to quote. */
export async function openCourse(config: Config): Promise<CourseActions> {
  const { exercises, problems } = await loadCourse(join(config.root, 'exercises'));
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  const progress = await openProgress(join(config.data, 'progress.json'), (message) =>
    process.stderr.write(`${message}\n`),
  );
  const unavailable = async (): Promise<never> => {
    throw new AppError('internal', 'this needs the workspace');
  };
  return new CourseActions({
    clock: systemClock,
    exercises,
    progress,
    newestProfile: () => async () => null,
    installedFiles: unavailable,
    resetFiles: unavailable,
  });
}
