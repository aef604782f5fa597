import { type LoadLine, loadLine } from '../../protocol/index.ts';
import { createLogRing } from './log-ring.ts';
import type { OwnedProcess } from './processes.ts';
import { readOutput } from './read-output.ts';
import type { Supervisor } from './supervisor.ts';

export interface LoadSpec {
  readonly binary: string;
  readonly mode: 'drive' | 'measure' | 'behave' | 'probe' | 'burst' | 'stall';
  readonly args: readonly string[];
  readonly onLine: (line: LoadLine) => void;
}

/** `reason`: why it is not ok, with what load said on stderr. Stopped on purpose is ok. */
export interface LoadEnd {
  readonly ok: boolean;
  readonly reason: string | null;
}

export interface Load {
  /** One command as a JSON line, e.g. `{ do: 'rate', value: 300 }`. */
  send(command: Readonly<Record<string, unknown>>): void;
  stop(): Promise<void>;
  /** Never rejects. */
  readonly done: Promise<LoadEnd>;
}

/** A line of load's may hold five trimmed texts; 256 KB is far above that. */
const MAX_LINE_BYTES = 256_000;
const STDERR_BYTES = 8_000;

/** Runs the traffic generator (go-samples/load): reads its JSON lines, sends it commands. */
export function startLoad(supervisor: Pick<Supervisor, 'processes' | 'clock' | 'limits'>, spec: LoadSpec): Load {
  const { processes, clock, limits } = supervisor;
  const said = createLogRing(STDERR_BYTES);
  let failure: string | null = null;
  let stopped = false;
  const fail = (reason: string) => {
    failure ??= reason;
    void owned.end();
  };
  const owned: OwnedProcess = processes.spawn({
    what: `load ${spec.mode}`,
    command: spec.binary,
    args: [spec.mode, ...spec.args],
    limits: { bytes: limits.runBytes, processes: limits.runProcesses },
    onOver: fail,
  });
  const { child } = owned;
  const onLine = (text: string) => {
    if (failure !== null) return;
    const line = parseLoadLine(text);
    if (line === undefined) fail(`printed a line that is not of its protocol: ${text.slice(0, 500)}`);
    else spec.onLine(line);
  };
  if (child.stdout !== null) readOutput(child.stdout, { clock, onLine, maxLineBytes: MAX_LINE_BYTES });
  if (child.stderr !== null) readOutput(child.stderr, { clock, onLine: said.add });
  const done = owned.ended.then(async (end): Promise<LoadEnd> => {
    if (end.error !== null) return { ok: false, reason: `load could not be started: ${end.error.message}` };
    await Promise.all([owned.gone, owned.closed]);
    if (failure === null && (stopped || end.code === 0)) return { ok: true, reason: null };
    const how = failure ?? `ended with ${end.signal ?? `code ${end.code}`}`;
    return { ok: false, reason: [`load ${how}`, said.text().trimEnd()].filter((text) => text !== '').join('\n') };
  });
  return {
    send: (command) => void child.stdin?.write(`${JSON.stringify(command)}\n`),
    async stop() {
      stopped = true;
      await owned.end();
      await done;
    },
    done,
  };
}

function parseLoadLine(text: string): LoadLine | undefined {
  try {
    return loadLine.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
