/**
 * fleet: processes. Starts services and other programs, waits for their ready line, watches memory and number of
 * processes, restarts with backoff, keeps bounded logs, and ends everything that descends from a run: on stop, at the next
 * start (`sweep`), and by a small reaper when this server is killed with -9. It must not know what a service does, what an
 * exercise is, or how a program was built.
 *
 *     const supervisor = createSupervisor({ dataDir, clock, log, limits: DEFAULT_FLEET_LIMITS });
 *     await supervisor.sweep();
 *     const run = supervisor.start({ service: 'search', instance: 'search-1', version: 'a1b2', role: 'fleet', binary });
 *     const ready = await run.ready;           // { ok: true, address, line } or { ok: false, reason }
 *     await supervisor.dispose();
 */
export { childEnvironment } from './child-environment.ts';
export type { EndedLedger } from './end-ledger.ts';
export { DEFAULT_FLEET_LIMITS, type FleetLimits } from './limits.ts';
export type { OwnedProcess, Processes, Reservation, SpawnSpec } from './processes.ts';
export type { Readiness, Run, RunSpec } from './run.ts';
export type { LogChunk } from './run-log.ts';
export { type ProgramResult, type ProgramSpec, runProgram } from './run-program.ts';
export { type Load, type LoadEnd, type LoadSpec, startLoad } from './start-load.ts';
export { createSupervisor, type Supervisor, type SupervisorOptions } from './supervisor.ts';
