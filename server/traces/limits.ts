export interface TraceLimits {
  readonly traces: number;
  /** Of all files together, and of one. */
  readonly bytes: number;
  readonly traceBytes: number;
  /** Viewers at a time; each holds its trace in memory. */
  readonly viewers: number;
  /** A viewer ends this long after it was last opened: it has no gate that could tell when it was last used. */
  readonly viewerMillis: number;
  /** Recorders are switched on for so long. */
  readonly recorderSeconds: number;
  /** Added to a trace's own length before its target counts as hung. */
  readonly graceMillis: number;
}

export const DEFAULT_TRACE_LIMITS: TraceLimits = {
  traces: 24,
  bytes: 256 * 1024 * 1024,
  traceBytes: 64 * 1024 * 1024,
  viewers: 2,
  viewerMillis: 15 * 60_000,
  recorderSeconds: 600,
  graceMillis: 10_000,
};
