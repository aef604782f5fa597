import type { Clock } from '../clock.ts';
import type { ProcessEnd, Processes } from './processes.ts';
import type { TreeLimits } from './watch-trees.ts';

export interface ProgramSpec {
  readonly what: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Written to stdin, which is then closed. */
  readonly input?: string;
  readonly limits: TreeLimits & { readonly millis: number };
  readonly onOutput: (text: string) => void;
  /** Takes stdout as it is; onOutput then gets stderr alone. */
  readonly onBytes?: ((bytes: Uint8Array) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** `ended`: who ended it early, with the reason in words; null when it ended by itself. */
export interface ProgramResult {
  readonly exit: number | null;
  readonly ended: null | { readonly by: 'missing' | 'time' | 'limit' | 'cancelled'; readonly reason: string };
}

type Ended = ProgramResult['ended'];

/** Runs a program to its end, within limits; what it leaves running is ended too. stdout and stderr come mixed, in order. */
export async function runProgram(processes: Processes, clock: Clock, spec: ProgramSpec): Promise<ProgramResult> {
  if (spec.signal?.aborted) return { exit: null, ended: { by: 'cancelled', reason: 'cancelled before it started' } };
  let early: Ended = null;
  const stop = (why: Ended) => {
    early ??= why;
    void started.end();
  };
  const started = processes.spawn({
    ...spec,
    closeWatch: true,
    onOver: (reason) => stop({ by: 'limit', reason: `${spec.what} ${reason}` }),
  });
  const { child } = started;
  const onText = (text: string) => spec.onOutput(text);
  if (spec.onBytes) child.stdout?.on('data', spec.onBytes);
  else child.stdout?.setEncoding('utf8').on('data', onText);
  child.stderr?.setEncoding('utf8').on('data', onText);
  child.stdin?.end(spec.input ?? '');
  const { millis } = spec.limits;
  const cancelTimer = clock.after(millis, () =>
    stop({ by: 'time', reason: `${spec.what} took longer than ${millis / 1_000} s` }),
  );
  const onAbort = () => stop({ by: 'cancelled', reason: `${spec.what} was cancelled` });
  spec.signal?.addEventListener('abort', onAbort, { once: true });
  const end = await started.ended;
  cancelTimer();
  spec.signal?.removeEventListener('abort', onAbort);
  // The rest of the output: until both pipes are closed, or nothing is left that could write to them.
  await Promise.race([started.closed, started.gone]);
  return { exit: end.code, ended: early ?? whyMissing(spec, end) };
}

function whyMissing(spec: ProgramSpec, end: ProcessEnd): Ended {
  if (end.error === null) return null;
  return { by: 'missing', reason: `${spec.command} could not be started: ${end.error.message}` };
}
