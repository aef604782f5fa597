/** The limits of the lab on what it runs; each one is a setting. */
export interface FleetLimits {
  /** Resident memory of a run with everything that descends from it. */
  readonly runBytes: number;
  /** Processes of one run. RLIMIT_NPROC doesn't bind root, so this is polled: a burst between two looks can pass it. */
  readonly runProcesses: number;
  readonly logBytes: number;
  /** Runs that are over whose log and reason can still be read. */
  readonly keptRuns: number;
  readonly readyMillis: number;
  /** From TERM to KILL. */
  readonly graceMillis: number;
  readonly restarts: number;
  /** Pause before the first restart; doubles with each one. */
  readonly backoffMillis: number;
  /** A run that was up this long starts counting its restarts anew. */
  readonly steadyMillis: number;
}

export const DEFAULT_FLEET_LIMITS: FleetLimits = {
  runBytes: 1_000_000_000,
  runProcesses: 128,
  logBytes: 2_000_000,
  keptRuns: 20,
  readyMillis: 10_000,
  graceMillis: 3_000,
  restarts: 5,
  backoffMillis: 250,
  steadyMillis: 60_000,
};
