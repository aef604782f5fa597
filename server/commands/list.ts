import { type ExerciseSummary, exerciseSummary } from '../../protocol/index.ts';
import { resolveConfig } from '../config.ts';
import { openCourse } from './open-course.ts';

const MARK: Record<ExerciseSummary['state'], string> = {
  new: ' ',
  started: '·',
  attempted: '~',
  skipped: '-',
  'tested-out': '+',
  fixed: '✓',
};

/** `flamelab list [--json]`: progress is read from the data folder, so that it works with and without a running lab. */
export async function listCommand(options: { json?: boolean; data?: string }): Promise<void> {
  const course = await openCourse(resolveConfig(options));
  const exercises = course.list().map((summary) => exerciseSummary.parse(summary));
  if (options.json) {
    process.stdout.write(`${JSON.stringify({ exercises })}\n`);
    return;
  }
  let chapter = '';
  for (const exercise of exercises) {
    if (exercise.chapter !== chapter) process.stdout.write(`\n${exercise.chapter}\n`);
    chapter = exercise.chapter;
    process.stdout.write(`  ${MARK[exercise.state]} ${exercise.slug.padEnd(24)} ${exercise.title}\n`);
  }
  process.stdout.write('\n  ✓ fixed  + tested out  ~ attempted  · started  - skipped\n');
}
