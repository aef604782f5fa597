import { RE2JS } from 're2js';
import type { ExerciseFile, PredictionView } from '../../protocol/index.ts';
import { computeFrameShare } from '../profile/frame-share.ts';
import type { NewestProfile } from './hints.ts';
import type { ExerciseProgress } from './progress.ts';

type Prediction = NonNullable<ExerciseProgress['prediction']>;
type Measured = Prediction['measured'];

/** The prediction as the page shows it: the truth only after an answer, as it was measured then. */
export function viewPrediction({ predict }: ExerciseFile, prediction: Prediction | null): PredictionView {
  const { kind, type, question, explain, within } = predict;
  const answer = prediction && { frame: prediction.frame, share: prediction.share };
  const measured = prediction?.measured ?? null;
  if (answer === null || measured === null) return { kind, type, question, answer, truth: null };
  const right = isFrame(predict, answer.frame) && Math.abs(answer.share - measured.share) <= within;
  return { kind, type, question, answer, truth: { ...measured, right, explain } };
}

/** Whether a function is the one that is looked for. */
export function isFrame({ frame }: ExerciseFile['predict'], name: string): boolean {
  return RE2JS.compile(frame).matcher(name).find();
}

/** The frame that was asked for, and its share in the newest profile of this machine; null without one. */
export async function measurePrediction({ predict }: ExerciseFile, baseline: NewestProfile): Promise<Measured> {
  const profile = await baseline(predict.kind);
  if (!profile) return null;
  const compiled = RE2JS.compile(predict.frame);
  const matches = (name: string): boolean => compiled.matcher(name).find();
  const seen = computeFrameShare(profile, predict.type, matches);
  if (!seen) return null;
  return { frame: profile.functions.find((fn) => matches(fn.name))?.name ?? predict.frame, share: seen.share };
}
