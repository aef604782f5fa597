import type { Recorder, Trace, TraceGraph } from '../../protocol/index.ts';
import { formatMillis, formatValue, NO_BREAK_SPACE } from '../ui/index.ts';

/** Why there is this trace: "asked for, 2 s", "slow request GET /report, 412 ms". */
export function causeWords({ cause, cut }: Pick<Trace, 'cause' | 'cut'>): string {
  switch (cause.why) {
    case 'slow':
      return `slow request ${cause.endpoint}, ${formatMillis(cause.millis)}`;
    case 'flight':
      return 'flight recorder, asked for';
    default:
      return cut
        ? `asked for, cut short of ${formatValue(cause.seconds, 's')}: somebody else took a trace`
        : `asked for, ${formatValue(cause.seconds, 's')}`;
  }
}

export const GRAPH_WORDS: Readonly<Record<TraceGraph, { readonly label: string; readonly title: string }>> = {
  sync: { label: 'Sync', title: 'Where goroutines waited for locks, channels and wait groups' },
  sched: { label: 'Sched', title: 'Where goroutines could have run and had no processor' },
  net: { label: 'Net', title: 'Where goroutines waited for the network' },
  syscall: { label: 'Syscall', title: 'Where goroutines were blocked in system calls' },
};

/** How the flight recorder of an instance is, and what that means. */
export function recorderWords(recorder: Recorder | null, nowMillis: number): string {
  if (recorder === null) return 'Only services of the fleet have a flight recorder that can be switched from here.';
  if (!recorder.available) return 'This program runs on a Go without a flight recorder: it came with Go 1.25.';
  if (!recorder.on) return 'Off: nothing is kept of the past.';
  const minutes = Math.max(1, Math.round((recorder.untilMillis - nowMillis) / 60_000));
  const left = `On for ${minutes}${NO_BREAK_SPACE}min more.`;
  if (recorder.slowMillis === 0) return left;
  return `${left} A request that takes ${formatMillis(recorder.slowMillis)} or longer leaves its last seconds here, at most one a minute.`;
}
