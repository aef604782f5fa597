import { type CompileError, SAVE_STAGES, type SaveView, type StageView } from '../../protocol/index.ts';
import type { Clock } from '../clock.ts';
import type { Files, LabBuild, LabToolchain } from './ports.ts';
import type { Practice } from './practice.ts';

export interface SavePathParts {
  readonly toolchain: LabToolchain;
  readonly clock: Clock;
  /** Resolves with the n-th CPU window of this instance; rejects when the signal aborts. */
  waitForWindow(instance: string, n: number, signal: AbortSignal): Promise<void>;
  /** Resolves when the traffic's first answers of this instance were counted. */
  waitForTraffic(instance: string, signal: AbortSignal): Promise<void>;
  publish(save: SaveView): void;
}

export interface SaveRequestOnPath {
  readonly id: string;
  readonly practice: Practice;
  readonly files: Promise<Files>;
  /** Names of the files that this save wrote. */
  readonly names: readonly string[];
  readonly millis: { readonly write: number; readonly format: number };
  readonly signal: AbortSignal;
}

/**
 * From a written file to the first frames of the new code: build → start → traffic → profile. Publishes after each stage.
 * Returns the last view; `twin` is null when the new code didn't get that far, and then the last good candidate runs on.
 */
export async function followSave(request: SaveRequestOnPath, parts: SavePathParts): Promise<SaveView> {
  const { practice, signal } = request;
  const track = createStageTrack(request, parts);
  const build = await track.stage('build', () => buildCandidate(request, parts));
  if (!build) return track.view();
  if ('errors' in build) return track.fail('build', build.errors.length > 0 ? null : build.output, build.errors);
  track.change({ version: build.id });
  const twin = await track.stage('start', () =>
    practice.startCandidate(build, `${practice.exercise.slug}-${request.id}`),
  );
  if (!twin) return track.view();
  track.change({ twin });
  const instance = twin.candidate.instance;
  await track.stage('traffic', () => parts.waitForTraffic(instance, signal));
  await track.stage('profile', () => parts.waitForWindow(instance, 1, signal));
  return track.view();
}

type FailedBuild = { readonly errors: readonly CompileError[]; readonly output: string };

async function buildCandidate(
  request: SaveRequestOnPath,
  { toolchain }: SavePathParts,
): Promise<LabBuild | FailedBuild> {
  const { practice, files, signal } = request;
  const outcome = await toolchain.build({ service: practice.exercise.file.service, files: await files, signal });
  return outcome.ok ? outcome.build : outcome;
}

function createStageTrack(request: SaveRequestOnPath, { clock, publish }: SavePathParts) {
  const { exercise } = request.practice;
  let view: SaveView = {
    id: request.id,
    atMillis: clock.now(),
    exercise: exercise.slug,
    service: exercise.file.service,
    files: [...request.names],
    version: null,
    stages: SAVE_STAGES.map((name): StageView => {
      const done = name === 'write' || name === 'format';
      return { name, state: done ? 'done' : 'pending', millis: done ? request.millis[name] : null };
    }),
    compileErrors: [],
    error: null,
    twin: null,
    check: null,
  };
  const change = (fields: Partial<SaveView>): SaveView => {
    view = { ...view, ...fields };
    publish(view);
    return view;
  };
  const mark = (name: StageView['name'], state: StageView['state'], millis: number | null): StageView[] =>
    view.stages.map((stage) => (stage.name === name ? { name, state, millis } : stage));
  return {
    view: () => view,
    change,
    fail(name: StageView['name'], error: string | null, compileErrors: readonly CompileError[]): SaveView {
      const millis = view.stages.find((stage) => stage.name === name)?.millis ?? null;
      return change({ stages: mark(name, 'failed', millis), error, compileErrors: [...compileErrors] });
    },
    /** Null when it failed; an abort is passed on. */
    async stage<T>(name: StageView['name'], task: () => Promise<T>): Promise<T | null> {
      const started = clock.now();
      change({ stages: mark(name, 'running', null) });
      try {
        const value = await task();
        change({ stages: mark(name, 'done', clock.now() - started) });
        return value;
      } catch (cause) {
        request.signal.throwIfAborted();
        const error = cause instanceof Error ? cause.message : String(cause);
        change({ stages: mark(name, 'failed', clock.now() - started), error });
        return null;
      }
    },
  };
}
