import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type GoFolders, goEnvironment } from './go-environment.ts';
import type { ToolchainLimits } from './limits.ts';
import { createOutput } from './output.ts';
import type { FoundGo } from './probe-go.ts';
import type { ProgramResult, RunProgram } from './run-program.ts';

export interface GoTask {
  /** Root of the module: a snapshot (`Build.sources`) or the workspace. */
  readonly dir: string;
  readonly service: string;
  readonly run: 'test' | 'bench' | 'race';
  readonly onOutput: (text: string) => void;
  readonly signal?: AbortSignal;
}

/** `exit` null: it did not run to its end, `why` says so in words. */
export interface GoTaskOutcome {
  readonly exit: number | null;
  readonly outcome: 'done' | 'no-compiler' | 'cgo' | 'cancelled' | 'time' | 'limit' | 'missing';
  readonly why: string | null;
}

export interface GoTaskParts {
  readonly go: FoundGo;
  readonly folders: Omit<GoFolders, 'temporary'>;
  readonly temporary: string;
  readonly limits: ToolchainLimits;
  readonly run: RunProgram;
}

const ARGS = {
  test: ['-count=1', '-v'],
  bench: ['-run=^$', '-bench=.', '-benchmem'],
  // Vetting is a matter of style here, and takes as long as a small package's tests.
  race: ['-count=1', '-race', '-vet=off'],
} as const;

/** `go test` of one service. Race tests need cgo and a C compiler, so packages with cgo files are refused first. */
export async function runGoTask(task: GoTask, parts: GoTaskParts): Promise<GoTaskOutcome> {
  const temporary = await mkdtemp(join(parts.temporary, 'task-'));
  const go: GoRun = (what, args, onOutput, cgo = '0') =>
    parts.run({
      what,
      command: parts.go.command,
      args,
      cwd: task.dir,
      env: { ...goEnvironment({ ...parts.folders, temporary }), CGO_ENABLED: cgo },
      limits: {
        millis: parts.limits.taskMillis,
        bytes: parts.limits.buildBytes,
        processes: parts.limits.buildProcesses,
      },
      onOutput,
      signal: task.signal,
    });
  try {
    const refusal = task.run === 'race' ? await findRaceProblem(task.service, go, parts) : null;
    if (refusal !== null) return refusal;
    const args = ['test', ...ARGS[task.run], `./${task.service}/...`];
    return outcomeOf(await go(`go test (${task.run})`, args, task.onOutput, task.run === 'race' ? '1' : '0'));
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

type GoRun = (
  what: string,
  args: string[],
  onOutput: (text: string) => void,
  cgo?: '0' | '1',
) => Promise<ProgramResult>;

async function findRaceProblem(service: string, go: GoRun, parts: GoTaskParts): Promise<GoTaskOutcome | null> {
  const listed = createOutput(parts.limits.outputBytes);
  const template = '{{if and .CgoFiles (not .Standard)}}{{.ImportPath}}{{"\\n"}}{{end}}';
  const result = await go('go list', ['list', '-deps', '-test', '-f', template, `./${service}/...`], listed.add, '1');
  const cgo = result.exit === 0 ? listed.text().trim() : '';
  if (cgo !== '')
    return { exit: null, outcome: 'cgo', why: `${cgo.split('\n').join(', ')} uses cgo, which the lab doesn't build` };
  const compiler = createOutput(1_000);
  await go('go env', ['env', 'CC'], compiler.add);
  const found = await parts.run({
    what: 'C compiler',
    command: compiler.text().trim() || 'cc',
    args: ['--version'],
    limits: { millis: 10_000, bytes: parts.limits.buildBytes, processes: 8 },
    onOutput: () => undefined,
  });
  if (found.exit === 0) return null;
  return { exit: null, outcome: 'no-compiler', why: 'race tests need a C compiler (gcc or clang), and none was found' };
}

function outcomeOf({ exit, ended }: ProgramResult): GoTaskOutcome {
  if (ended === null) return { exit, outcome: 'done', why: null };
  return { exit: null, outcome: ended.by, why: ended.reason };
}
