import { randomInt } from 'node:crypto';
import type { VerdictName } from '../../protocol/index.ts';
import { type Exercise, loadOverlay, solutionNames } from '../course/index.ts';
import type { LocalCourse } from './local-course.ts';

/** One row of the table exercise × variant × verdict × observed. */
export interface VariantResult {
  readonly exercise: string;
  readonly variant: string;
  readonly wanted: string;
  readonly verdict: VerdictName;
  readonly ok: boolean;
  readonly observed: string;
  readonly seed: number;
  readonly millis: number;
}

export interface Variant {
  readonly name: string;
  readonly folder: string | null;
  readonly wanted: VerdictName;
  /** The sentence that a named wrong fix must get. */
  readonly sentence: string | null;
}

/** Variants that are judged at the same time: a verdict must hold beside other work, and a twin waits for much of its time. */
const AT_ONCE = 4;

/** Of what must fail: who fails after fewer requests than a learner's check has fails after all of them, too; asking takes the most. */
const FEWER_REQUESTS: Partial<Record<VerdictName, number>> = {
  'wrong-behaviour': 3_000,
  'not-fixed': 2_000,
  'moved-elsewhere': 2_000,
};

/** As it is judged for learners, but for the number of requests of what must fail. */
function asThorough(exercise: Exercise, wanted: VerdictName): Exercise {
  const { checks } = exercise.file;
  const enough = FEWER_REQUESTS[wanted] ?? checks.behaviour.requests;
  const behaviour = { ...checks.behaviour, requests: Math.min(enough, checks.behaviour.requests) };
  return { ...exercise, file: { ...exercise.file, checks: { ...checks, behaviour } } };
}

/** The start must not pass, every solution must, every wrong fix must get its verdict and its own sentence. */
export async function proveExercises(
  exercises: readonly Exercise[],
  course: LocalCourse,
  report: (result: VariantResult) => void,
): Promise<VariantResult[]> {
  const cases = await casesOf(exercises);
  const ahead = [...cases];
  const results: VariantResult[] = [];
  const work = async (): Promise<void> => {
    for (let next = ahead.shift(); next; next = ahead.shift()) {
      const result = await proveVariant(next.exercise, next.variant, course);
      report(result);
      results.push(result);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return results;
}

/**
 * All variants of these exercises, those of each spread over the whole: services that wait run beside services that work, which
 * takes less time than one kind after the other.
 */
export async function casesOf(exercises: readonly Exercise[]): Promise<{ exercise: Exercise; variant: Variant }[]> {
  const spread = exercises.map(async (exercise) => {
    const variants = await variantsOf(exercise);
    return variants.map((variant, at) => ({ exercise, variant, place: at / variants.length }));
  });
  return (await Promise.all(spread)).flat().sort((a, b) => a.place - b.place);
}

/** Start, solutions and wrong fixes of an exercise, each with the verdict that it must get. */
export async function variantsOf(exercise: Exercise): Promise<Variant[]> {
  const solutions = await solutionNames(exercise);
  return [
    { name: 'start', folder: null, wanted: 'not-fixed', sentence: null },
    ...solutions.map((folder): Variant => ({ name: folder, folder, wanted: 'fixed', sentence: null })),
    ...Object.entries(exercise.file.wrong).map(
      ([name, wrong]): Variant => ({
        name: `wrong/${name}`,
        folder: `wrong/${name}`,
        wanted: wrong.verdict,
        sentence: wrong.sentence,
      }),
    ),
  ];
}

export async function proveVariant(exercise: Exercise, variant: Variant, course: LocalCourse): Promise<VariantResult> {
  const start = await loadOverlay(exercise, 'start');
  const overlay = variant.folder ? await loadOverlay(exercise, variant.folder) : new Map<string, Uint8Array>();
  const files = new Map([...(await course.workspace.installedFiles()), ...start, ...overlay]);
  const seed = randomInt(2 ** 31);
  const verdict = await course.check({
    exercise: asThorough(exercise, variant.wanted),
    files,
    seed,
    signal: new AbortController().signal,
    report: () => {},
  });
  const { name, wanted, sentence } = variant;
  const ok = verdict.verdict === wanted && (sentence === null || verdict.summary.includes(sentence));
  const { summary, millis } = verdict;
  return {
    exercise: exercise.slug,
    variant: name,
    wanted,
    verdict: verdict.verdict,
    ok,
    observed: summary,
    seed,
    millis,
  };
}
