/**
 * course: loads and checks exercises and slides, keeps progress, fills hints from profiles, and judges a candidate by evidence
 * (`verdict/`). It knows content and evidence; it must not know processes, the store, HTTP, or any exercise by name.
 *
 *     const { exercises, chapters, problems } = await loadCourse('exercises');
 *     const verdict = await judgeCandidate({ slug, exercise: exercise.file, bench, seed, clock, signal, report });
 */
export { calibrate, type JudgedPrediction } from './calibration.ts';
export { fillHint, type NewestProfile } from './hints.ts';
export { viewInstruments } from './instruments.ts';
export type { Chapter } from './load-chapters.ts';
export { type Exercise, loadCourse, loadOverlay, type Overlay, solutionNames } from './load-course.ts';
export { isFrame, measurePrediction, viewPrediction } from './prediction.ts';
export { type ExerciseProgress, openProgress, type Progress } from './progress.ts';
export { nextReview, type Review } from './reviews.ts';
export type { BehaviourReport, Burst, LongJob, Probe, RaceReport, Side, Slice } from './verdict/evidence.ts';
export { type JudgeOptions, judgeCandidate } from './verdict/judge.ts';
export type { BenchRun, MeasureOptions, TwinBench } from './verdict/ports.ts';
