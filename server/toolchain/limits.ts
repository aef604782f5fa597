export interface ToolchainLimits {
  readonly buildMillis: number;
  /** Resident memory of the compiler with its children. */
  readonly buildBytes: number;
  readonly buildProcesses: number;
  /** Tests and benchmarks. */
  readonly taskMillis: number;
  readonly outputBytes: number;
  /** `go tool trace`, its own first build included. */
  readonly traceMillis: number;
  readonly traceProfileBytes: number;
  /** Binaries and snapshots that are kept, least recently used first out. */
  readonly cacheBytes: number;
}

export const DEFAULT_TOOLCHAIN_LIMITS: ToolchainLimits = {
  buildMillis: 60_000,
  buildBytes: 2_000_000_000,
  buildProcesses: 512,
  taskMillis: 180_000,
  outputBytes: 64_000,
  traceMillis: 60_000,
  traceProfileBytes: 4 * 1024 * 1024,
  cacheBytes: 2_000_000_000,
};
