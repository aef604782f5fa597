/**
 * toolchain: from source states to programs. Probes Go, builds a snapshot of the sources with a hardened environment and a
 * warm cache, keeps binaries by build id, formats, and runs tests and benchmarks. Compile errors are data. It must not know
 * where sources come from, what runs the programs that it builds, or how processes are watched: `run` is handed in.
 *
 *     const toolchain = createToolchain({ cacheDir, limits: DEFAULT_TOOLCHAIN_LIMITS, log, run });
 *     const outcome = await toolchain.build({ service: 'search', files });
 *     if (outcome.ok) start(outcome.build.binary);
 *     else show(outcome.errors);                      // [{ file: 'search/main.go', line: 5, column: 2, message: '…' }]
 */
export type { Build, BuildOutcome, FailedBuild } from './build.ts';
export type { FormatOutcome } from './format.ts';
export type { GoTask, GoTaskOutcome } from './go-task.ts';
export { DEFAULT_TOOLCHAIN_LIMITS, type ToolchainLimits } from './limits.ts';
export type { SourcePlace } from './locate-source.ts';
export { modFileProblem } from './mod-file.ts';
export type { ProgramResult, ProgramSpec, RunProgram } from './run-program.ts';
export type { ServerCommand } from './server-command.ts';
export type { SourceFiles } from './source-state.ts';
export { type BuildRequest, createToolchain, type Toolchain, type ToolchainOptions } from './toolchain.ts';
