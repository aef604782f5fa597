import { RE2JS } from 're2js';
import type { ExerciseFile, PredictionView } from '../../protocol/index.ts';
import { computeFrameShare } from '../profile/frame-share.ts';
import type { NewestProfile } from './hints.ts';

type Answer = { frame: string; share: number };

/** The prediction as the page shows it: the truth only after an answer, and from a profile of this machine. */
export async function viewPrediction(
  file: ExerciseFile,
  answer: Answer | null,
  baseline: NewestProfile,
): Promise<PredictionView> {
  const { kind, type, question } = file.predict;
  return { kind, type, question, answer, truth: answer ? await findTruth(file, answer, baseline) : null };
}

async function findTruth(
  { predict }: ExerciseFile,
  answer: Answer,
  baseline: NewestProfile,
): Promise<PredictionView['truth']> {
  const profile = await baseline(predict.kind);
  if (!profile) return null;
  const compiled = RE2JS.compile(predict.frame);
  const matches = (name: string): boolean => compiled.matcher(name).find();
  const seen = computeFrameShare(profile, predict.type, matches);
  if (!seen) return null;
  const frame = profile.functions.find((fn) => matches(fn.name))?.name ?? predict.frame;
  const right = matches(answer.frame) && Math.abs(answer.share - seen.share) <= predict.within;
  return { frame, share: seen.share, right, explain: predict.explain };
}
