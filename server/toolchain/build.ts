import type { CompileError } from '../../protocol/index.ts';
import type { BuildCache, BuildWork } from './build-cache.ts';
import { findCgo } from './find-cgo.ts';
import { BUILD_FLAGS, type GoFolders, goEnvironment } from './go-environment.ts';
import type { ToolchainLimits } from './limits.ts';
import { createOutput } from './output.ts';
import { cleanOutput, parseCompileErrors } from './parse-compile-errors.ts';
import type { FoundGo } from './probe-go.ts';
import type { ProgramResult, RunProgram } from './run-program.ts';
import type { SourceFiles } from './source-state.ts';

export interface Build {
  readonly id: string;
  readonly service: string;
  /** Paths of the program and of the snapshot of its sources. */
  readonly binary: string;
  readonly sources: string;
  readonly millis: number;
  /** The same state was built before. */
  readonly cached: boolean;
}

/** `why`: compile, time, limit = because of the sources, `errors` are for the editor; the others: `output` says it in words. */
export interface FailedBuild {
  readonly ok: false;
  readonly why: 'compile' | 'time' | 'limit' | 'cancelled' | 'missing';
  readonly errors: CompileError[];
  readonly output: string;
  readonly millis: number;
}
export type BuildOutcome = { readonly ok: true; readonly build: Build } | FailedBuild;

export interface BuildStep {
  readonly id: string;
  readonly service: string;
  readonly sources: SourceFiles;
  readonly go: FoundGo;
  readonly folders: Omit<GoFolders, 'temporary'>;
  readonly cache: BuildCache;
  readonly limits: ToolchainLimits;
  readonly run: RunProgram;
  readonly signal: AbortSignal;
}

/** Builds one source state in its own snapshot, or finds that it was built before. */
export async function build(step: BuildStep): Promise<BuildOutcome> {
  const began = performance.now();
  const { id, service, cache } = step;
  const millis = () => Math.round(performance.now() - began);
  const known = await cache.find(id);
  if (known !== undefined) return { ok: true, build: { ...known, service, millis: millis(), cached: true } };
  const cgo = findCgo(step.sources);
  if (cgo.length > 0) return { ok: false, why: 'compile', errors: cgo, output: '', millis: millis() };
  const work = await cache.begin(step.sources);
  try {
    const { result, output } = await compile(step, work);
    const isBuilt = result.exit === 0 && result.ended === null;
    if (!isBuilt) return { ...explainFailure(step, { result, output, root: work.sources }), millis: millis() };
    const place = await work.keep(id);
    return { ok: true, build: { ...place, service, millis: millis(), cached: false } };
  } finally {
    await work.remove();
  }
}

async function compile(step: BuildStep, work: BuildWork): Promise<{ result: ProgramResult; output: string }> {
  const { service, go, folders, limits, run, signal } = step;
  const output = createOutput(limits.outputBytes);
  const result = await run({
    what: 'go build',
    command: go.command,
    args: ['build', ...BUILD_FLAGS, '-o', work.binary, `./${service}`],
    cwd: work.sources,
    env: goEnvironment({ ...folders, temporary: work.temporary }),
    limits: { millis: limits.buildMillis, bytes: limits.buildBytes, processes: limits.buildProcesses },
    onOutput: output.add,
    signal,
  });
  return { result, output: output.text() };
}

interface Failure {
  readonly result: ProgramResult;
  readonly output: string;
  readonly root: string;
}

function explainFailure({ service, sources }: BuildStep, failure: Failure): Omit<FailedBuild, 'millis'> {
  const { root, result } = failure;
  const output = cleanOutput(failure.output, root);
  if (result.ended === null) {
    const isSource = (file: string) => sources.has(file);
    return { ok: false, why: 'compile', errors: parseCompileErrors({ output, root, service, isSource }), output };
  }
  const { by, reason } = result.ended;
  if (by === 'cancelled' || by === 'missing') return { ok: false, why: by, errors: [], output: reason };
  // The compiler is slow or big only because of the sources: that too is told where errors are read.
  const error = { file: service, line: null, column: null, message: `${reason}: look for a huge array or table` };
  return { ok: false, why: by, errors: [error], output: `${output}${reason}\n` };
}
