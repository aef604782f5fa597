import { join } from 'node:path';
import { type Clock, systemClock } from '../clock.ts';
import type { Config } from '../config.ts';
import { createSupervisor, DEFAULT_FLEET_LIMITS, runProgram, type Supervisor } from '../fleet/index.ts';
import { createProfileParser, type ProfileParser } from '../profile/profile-parser.ts';
import { createToolchain, DEFAULT_TOOLCHAIN_LIMITS, type Toolchain } from '../toolchain/index.ts';
import { createWorkspace, type Workspace } from '../workspace/index.ts';
import { createLabProcesses, type LabProcessesWithLoad } from './lab-processes.ts';

/** The parts that a lab and a single command have in common: they build, run and read profiles, and keep no store. */
export interface Core {
  readonly clock: Clock;
  readonly supervisor: Supervisor;
  readonly toolchain: Toolchain;
  readonly workspace: Workspace;
  readonly parser: ProfileParser;
  readonly processes: LabProcessesWithLoad;
  log(message: string): void;
  close(): Promise<void>;
}

export function createCore(config: Config): Core {
  const clock = systemClock;
  const log = (message: string): void => void process.stderr.write(`${message}\n`);
  const supervisor = createSupervisor({ dataDir: config.data, clock, log, limits: DEFAULT_FLEET_LIMITS });
  const toolchain = createToolchain({
    cacheDir: join(config.data, 'toolchain'),
    limits: DEFAULT_TOOLCHAIN_LIMITS,
    log,
    run: (spec) => runProgram(supervisor.processes, clock, spec),
  });
  const parser = createProfileParser({ workers: 1 });
  return {
    clock,
    supervisor,
    toolchain,
    workspace: createWorkspace({
      dir: config.workspace,
      installed: join(config.root, 'go-samples'),
      keptDir: join(config.data, 'kept'),
      clock,
      log,
    }),
    parser,
    processes: createLabProcesses(supervisor),
    log,
    async close() {
      await supervisor.dispose();
      await parser.close();
    },
  };
}
