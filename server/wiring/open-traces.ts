import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import { type Collector, getBounded, type ParseProfile } from '../collector/index.ts';
import { AppError } from '../errors.ts';
import type { Processes } from '../fleet/index.ts';
import { type ProfileStore, parseSelector } from '../store/index.ts';
import type { Toolchain } from '../toolchain/index.ts';
import { DEFAULT_TRACE_LIMITS, openTraces, type Traces, type TracesParts, type TraceTarget } from '../traces/index.ts';
import { startTraceViewer } from './start-trace-viewer.ts';

export interface OpenTracesParts {
  readonly data: string;
  readonly clock: Clock;
  readonly collector: Collector;
  readonly toolchain: Toolchain;
  readonly processes: Processes;
  readonly store: Pick<ProfileStore, 'append' | 'listWindows'>;
  readonly parse: ParseProfile;
  log(message: string): void;
}

/** The lab's traces: targets are the collector's, graphs and viewers Go's own. */
export function openLabTraces(parts: OpenTracesParts): Promise<Traces> {
  const { clock, toolchain, collector, log } = parts;
  return openTraces({
    clock,
    log,
    folder: join(parts.data, 'traces'),
    limits: DEFAULT_TRACE_LIMITS,
    targets: () => collector.targets().flatMap(({ name, labels }) => targetOf(collector, name, labels)),
    convert: (file, graph) => toolchain.profileTrace(file, graph),
    startViewer: async (file, signal) => startTraceViewer(await toolchain.viewTrace(file), parts, signal),
    store: createProfileKeeper(parts),
  });
}

function targetOf(collector: Collector, name: string, labels: TraceTarget['labels']): TraceTarget[] {
  const loop = collector.find(name);
  if (!loop) return [];
  return [
    {
      name,
      labels,
      ownWindows: loop.spec.ownWindows,
      async ask(method, path, { timeoutMillis, maxBytes }) {
        const signal = new AbortController().signal;
        const options = { method, timeoutMillis, maxBytes, signal };
        const { status, bytes, trailers } = await getBounded(await loop.address.get(), path, options);
        return { status, bytes, interrupted: trailers['x-flamelab-interrupted'] !== undefined };
      },
    },
  ];
}

/** A trace and what was made of it never change: what is stored already isn't stored again. */
function createProfileKeeper({ store, parse, clock }: OpenTracesParts): TracesParts['store'] {
  return async ({ kind, labels, bytes, startMillis, durationMillis }) => {
    const match = `{trace=${JSON.stringify(labels.trace)}}`;
    const made = await parse(bytes).catch((cause) => {
      if (cause instanceof AppError)
        throw new AppError(cause.code, `go tool trace made what is no usable profile: ${cause.message}`, { cause });
      throw cause;
    });
    const there = await store.listWindows({ kind, selector: parseSelector(match), from: null, to: null });
    if (there.length === 0) {
      const profile = {
        ...made,
        timeNanos: BigInt(Math.round(startMillis)) * 1_000_000n,
        durationNanos: BigInt(durationMillis) * 1_000_000n,
      };
      await store.append({ kind, labels, profile, arrivalMillis: clock.now(), requests: null });
    }
    return { match, samples: made.samples.count };
  };
}
