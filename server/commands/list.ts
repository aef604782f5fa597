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
  process.stdout.write(`${describeExercises(exercises)}\n`);
}

export function describeExercises(exercises: readonly ExerciseSummary[]): string {
  const lines = exercises.flatMap(({ chapter, state, slug, title }, index) => {
    const line = `  ${MARK[state]} ${slug.padEnd(24)} ${title}`;
    return chapter === exercises[index - 1]?.chapter ? [line] : ['', chapter, line];
  });
  return [...lines, '', '  ✓ fixed  + tested out  ~ attempted  · started  - skipped'].join('\n');
}
