import type { Trace } from '../../protocol/index.ts';
import { AppError } from '../errors.ts';
import type { TargetAnswer, TraceTarget } from './ports.ts';

/** The newest Go writes `go 1.26 trace` and three zeros. */
const HEAD = /^go 1\.\d{1,3} trace\0+$/;
const HEAD_BYTES = 16;

export interface RecordOptions {
  readonly graceMillis: number;
  readonly maxBytes: number;
}

export interface Recorded {
  readonly bytes: Uint8Array;
  readonly cause: Trace['cause'];
  readonly cut: boolean;
}

/** Records for some seconds from now on. */
export async function recordTrace(target: TraceTarget, seconds: number, options: RecordOptions): Promise<Recorded> {
  const path = target.ownWindows
    ? `/debug/flamelab/trace?millis=${seconds * 1_000}`
    : `/debug/pprof/trace?seconds=${seconds}`;
  const timeoutMillis = seconds * 1_000 + options.graceMillis;
  const answer = await target.ask('GET', path, { timeoutMillis, maxBytes: options.maxBytes });
  return { bytes: traceOf(target, answer), cause: { why: 'asked', seconds }, cut: answer.interrupted };
}

/** The last seconds, as far as the target's flight recorder kept them. */
export async function takeFlight(target: TraceTarget, options: RecordOptions): Promise<Recorded> {
  return {
    bytes: await fetchTrace(target, '/debug/flamelab/flight', options),
    cause: { why: 'flight' },
    cut: false,
  };
}

export async function fetchTrace(target: TraceTarget, path: string, options: RecordOptions): Promise<Uint8Array> {
  const { graceMillis, maxBytes } = options;
  return traceOf(target, await target.ask('GET', path, { timeoutMillis: graceMillis, maxBytes }));
}

/** The bytes, if they are those of a trace. */
function traceOf(target: TraceTarget, answer: TargetAnswer): Uint8Array {
  checkAnswer(target, answer);
  const head = new TextDecoder('latin1').decode(answer.bytes.subarray(0, HEAD_BYTES));
  if (HEAD.test(head)) return answer.bytes;
  const seen =
    answer.bytes.byteLength === 0 ? 'with nothing' : `with ${answer.bytes.byteLength} bytes of something else`;
  throw new AppError('malformed-trace', `${target.name} answered ${seen}, not with an execution trace of Go.`);
}

export function checkAnswer(target: TraceTarget, { status, bytes }: TargetAnswer): void {
  if (status === 200) return;
  const text = new TextDecoder().decode(bytes.subarray(0, 300));
  if (text.includes('flight-recorder-off'))
    throw new AppError(
      'busy',
      `The flight recorder of ${target.name} is off: switch it on first, it keeps nothing before that.`,
    );
  if (text.includes('flight-recorder-in-use'))
    throw new AppError(
      'busy',
      `${target.name} runs a flight recorder of its own, and Go has one per process: take that one out first.`,
    );
  if (text.includes('no-snapshot'))
    throw new AppError(
      'no-data',
      `${target.name} no longer has that snapshot: that of a newer slow request took its place.`,
    );
  if (status === 501)
    throw new AppError('no-data', `${target.name} runs on a Go without a flight recorder: it came with Go 1.25.`);
  if (status === 409 || text.includes('Could not enable tracing'))
    throw new AppError(
      'busy',
      `Somebody else is tracing ${target.name}, and Go writes one trace at a time: try again in a moment.`,
    );
  if (status === 404)
    throw new AppError('no-data', `${target.name} has no such endpoint (404): is net/http/pprof served there?`);
  throw new AppError('no-data', `${target.name} answered ${status}: ${text.split('\n', 1)[0]?.slice(0, 200)}`);
}
