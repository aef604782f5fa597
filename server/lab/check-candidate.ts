import type { Gate, Verdict } from '../../protocol/index.ts';
import type { Clock } from '../clock.ts';
import { type Exercise, judgeCandidate, loadOverlay, type Overlay, type Side } from '../course/index.ts';
import { errorVerdict } from './error-verdict.ts';
import type { InstalledBuilds } from './installed-builds.ts';
import { findChangedInstruments, findModuleProblem } from './instruments.ts';
import type { Files, LabProcesses, LabToolchain } from './ports.ts';
import { createTwinBench, type StartCollecting } from './twin-bench.ts';

export interface CheckRequest {
  readonly exercise: Exercise;
  /** The whole source state of the candidate. */
  readonly files: Files;
  readonly seed: number;
  readonly signal: AbortSignal;
  /** Label `instance` of the baseline's and the candidate's profiles. */
  readonly instances?: Readonly<Record<Side, string>>;
  report(progress: { phase: string; gates: Gate[] }): void;
}

export interface CheckParts {
  readonly toolchain: LabToolchain;
  readonly processes: LabProcesses;
  readonly builds: InstalledBuilds;
  readonly clock: Clock;
  readonly startCollecting: StartCollecting;
  installedFiles(): Promise<Files>;
  readyLoad(): Promise<void>;
}

/** Builds the candidate and its two yardsticks, and has it judged. Code that doesn't compile is a verdict, `error`. */
export async function checkCandidate(request: CheckRequest, parts: CheckParts): Promise<Verdict> {
  const { exercise, files, seed, signal } = request;
  const { service, scenario } = exercise.file;
  const started = parts.clock.now();
  const failed = (message: string): Verdict => errorVerdict(exercise.slug, seed, parts.clock.now() - started, message);
  const installed = await parts.installedFiles();
  const problem = findModuleProblem(installed, files);
  if (problem) return failed(problem);
  request.report({ phase: 'building', gates: failed('').gates });
  signal.throwIfAborted();
  // A lane of its own: a check must not cancel the build of a newer save, nor that of another check.
  const outcome = await parts.toolchain.build({ service, files, signal, lane: null });
  if (!outcome.ok) {
    const first = outcome.errors[0];
    return failed(
      first
        ? `${first.file}:${first.line ?? '?'}:${first.column ?? '?'}: ${first.message}`
        : outcome.output.slice(0, 2_000),
    );
  }
  const [baseline, reference] = await yardsticks(exercise, parts.builds);
  await parts.readyLoad();
  const bench = createTwinBench({
    ...parts,
    scenario,
    builds: { baseline, candidate: outcome.build, reference },
    instances: request.instances ?? defaultInstances(exercise.slug),
    changedInstruments: findChangedInstruments(installed, files),
    installed: (name) => parts.builds.get(name),
  });
  const { report } = request;
  return judgeCandidate({
    slug: exercise.slug,
    exercise: exercise.file,
    bench,
    seed,
    clock: parts.clock,
    signal,
    report,
  });
}

async function yardsticks(exercise: Exercise, builds: InstalledBuilds) {
  const start = await loadOverlay(exercise, 'start');
  const solution = await loadOverlay(exercise, 'solution');
  const reference: Overlay = new Map([...start, ...solution]);
  return Promise.all([builds.get(exercise.file.service, start), builds.get(exercise.file.service, reference)]);
}

/** Of a check that no page shows. */
export function defaultInstances(slug: string): Record<Side, string> {
  return { baseline: `${slug}-baseline`, candidate: `${slug}-candidate`, reference: `${slug}-reference` };
}
