import type { Labels, TraceGraph } from '../../protocol/index.ts';
import type { Clock } from '../clock.ts';
import type { TraceLimits } from './limits.ts';

/** What came back from a target. */
export interface TargetAnswer {
  readonly status: number;
  readonly bytes: Uint8Array;
  /** Another one asked for a trace meanwhile. */
  readonly interrupted: boolean;
}

/** Where a trace can be had from. */
export interface TraceTarget {
  readonly name: string;
  readonly labels: Labels;
  /** Has internal/serve's instruments; else the standard endpoints. */
  readonly ownWindows: boolean;
  /** Rejects AppErrors that say what was asked and what was seen. */
  ask(
    method: 'GET' | 'POST',
    path: string,
    limits: { readonly timeoutMillis: number; readonly maxBytes: number },
  ): Promise<TargetAnswer>;
}

/** A running viewer of one trace. */
export interface Viewer {
  readonly url: string;
  /** Resolves when it has ended, by itself or not. */
  readonly ended: Promise<unknown>;
  end(): Promise<void>;
}

/** A profile that was made of a trace. */
export interface TracedProfile {
  readonly kind: string;
  readonly labels: Labels;
  readonly bytes: Uint8Array;
  readonly startMillis: number;
  /** 0: unknown. */
  readonly durationMillis: number;
}

export interface TracesParts {
  readonly clock: Clock;
  /** The files' own; made when it isn't there. */
  readonly folder: string;
  readonly limits: TraceLimits;
  targets(): readonly TraceTarget[];
  /** pprof bytes. Rejects `go-missing`, `malformed-trace`, `over-limit`. */
  convert(file: string, graph: TraceGraph): Promise<Uint8Array>;
  /** Stores it unless it is there; the answer tells its samples. */
  store(profile: TracedProfile): Promise<{ readonly match: string; readonly samples: number }>;
  /** Rejects `go-missing`, `malformed-trace`, `over-limit`. */
  startViewer(file: string, signal: AbortSignal): Promise<Viewer>;
  log(message: string): void;
}
