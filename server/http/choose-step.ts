import { AppError } from '../errors.ts';

const DEFAULT_STEP_MILLIS = 1_000;
const MAX_POINTS = 11_000;

/** The step of a series. Without `step`: 1 s, or coarser when the window would not fit into 11,000 points. */
export function chooseStep(read: { from: number | null; to: number | null; step: number | null }): number {
  const span = read.from === null || read.to === null ? null : read.to - read.from;
  if (read.step === null)
    return span === null ? DEFAULT_STEP_MILLIS : Math.max(DEFAULT_STEP_MILLIS, Math.ceil(span / MAX_POINTS));
  if (span !== null && span / read.step > MAX_POINTS) {
    const coarser = Math.ceil(span / MAX_POINTS);
    throw new AppError(
      'bad-request',
      `step ${read.step} ms makes more than ${MAX_POINTS} points; take ${coarser} ms or more.`,
    );
  }
  return read.step;
}
