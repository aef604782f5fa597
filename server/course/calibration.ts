import type { Calibration } from '../../protocol/index.ts';

/** A prediction beside what was measured. */
export interface JudgedPrediction {
  readonly isFrame: boolean;
  /** Shares of the whole, 0..1. */
  readonly guessed: number;
  readonly measured: number;
}

/**
 * Null for no predictions.
 *
 *     right frame, 40 % said, 50 % measured → 80;  another frame → 0;  both → score 40, error 0.1
 */
export function calibrate(predictions: readonly JudgedPrediction[]): Calibration | null {
  if (predictions.length === 0) return null;
  const errors = predictions.flatMap(({ isFrame, guessed, measured }) =>
    isFrame ? [Math.abs(guessed - measured)] : [],
  );
  const points = errors.reduce((sum, error) => sum + Math.max(0, 1 - 2 * error), 0);
  return {
    predictions: predictions.length,
    frames: errors.length,
    error: errors.length === 0 ? null : errors.reduce((sum, error) => sum + error, 0) / errors.length,
    score: (100 * points) / predictions.length,
  };
}
