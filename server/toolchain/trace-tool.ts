import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../errors.ts';
import { type GoFolders, goEnvironment } from './go-environment.ts';
import type { ToolchainLimits } from './limits.ts';
import { createOutput } from './output.ts';
import type { FoundGo } from './probe-go.ts';
import type { RunProgram } from './run-program.ts';
import type { ServerCommand } from './server-command.ts';

export interface TraceToolParts {
  readonly go: FoundGo;
  readonly folders: Omit<GoFolders, 'temporary'>;
  readonly temporary: string;
  readonly limits: ToolchainLimits;
  readonly run: RunProgram;
}

/**
 * `go tool trace -pprof=GRAPH FILE`: a pprof of where goroutines waited. Rejects `malformed-trace` with what the tool said,
 * `over-limit`. Since Go 1.25 the tool itself is built at its first use.
 */
export async function profileFromTrace(file: string, graph: string, parts: TraceToolParts): Promise<Uint8Array> {
  const { go, folders, limits, run } = parts;
  const temporary = await mkdtemp(join(parts.temporary, 'trace-'));
  const chunks: Uint8Array[] = [];
  let length = 0;
  const said = createOutput(limits.outputBytes);
  const enough = new AbortController();
  try {
    const { exit, ended } = await run({
      what: 'go tool trace',
      command: go.command,
      args: ['tool', 'trace', `-pprof=${graph}`, file],
      cwd: temporary,
      env: traceEnvironment({ ...folders, temporary }),
      limits: { millis: limits.traceMillis, bytes: limits.buildBytes, processes: limits.buildProcesses },
      onOutput: said.add,
      onBytes(bytes) {
        length += bytes.byteLength;
        if (length > limits.traceProfileBytes) enough.abort();
        else chunks.push(bytes);
      },
      signal: enough.signal,
    });
    if (enough.signal.aborted)
      throw new AppError('over-limit', `The profile of this trace has more than ${limits.traceProfileBytes} bytes.`);
    if (ended?.by === 'missing') throw new AppError('go-missing', ended.reason);
    if (ended !== null) throw new AppError('over-limit', `${ended.reason}: record fewer seconds, or less traffic.`);
    if (exit !== 0 || length === 0) throw new AppError('malformed-trace', refusalOf(said.text()));
    return new Uint8Array(Buffer.concat(chunks));
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/** The tool holds the whole trace: a percentage that only makes compilers faster would make it several times as large. */
const traceEnvironment = (folders: GoFolders): Record<string, string> => ({ ...goEnvironment(folders), GOGC: '100' });

/** Its last line says what went wrong. */
function refusalOf(output: string): string {
  const line = output.trim().split('\n').at(-1) ?? '';
  if (line.includes('failed to find matching goroutines'))
    return 'go tool trace finds no goroutine in this trace: it is cut off, or nothing ran while it was taken.';
  return `go tool trace can't read this trace: ${line.slice(0, 300) || 'it says nothing'}`;
}

/** Loopback only: its server asks nobody who they are. BROWSER keeps it from opening one by itself. */
export function traceViewerCommand(file: string, parts: Omit<TraceToolParts, 'run'>): ServerCommand {
  const { go, folders, temporary, limits } = parts;
  return {
    command: go.command,
    args: ['tool', 'trace', '-http=127.0.0.1:0', file],
    env: { ...traceEnvironment({ ...folders, temporary }), BROWSER: 'true' },
    limits: { bytes: limits.buildBytes, processes: limits.buildProcesses },
  };
}
