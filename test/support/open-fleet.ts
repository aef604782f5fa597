import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../server/clock.ts';
import {
  createSupervisor,
  DEFAULT_FLEET_LIMITS,
  type FleetLimits,
  runProgram,
  type Supervisor,
} from '../../server/fleet/index.ts';
import {
  createToolchain,
  DEFAULT_TOOLCHAIN_LIMITS,
  type Toolchain,
  type ToolchainLimits,
} from '../../server/toolchain/index.ts';
import { tinyModule } from './tiny-module.ts';

export interface OpenFleet {
  readonly dir: string;
  readonly logged: string[];
  readonly supervisor: Supervisor;
  readonly toolchain: Toolchain;
  /** Builds the tiny service of `tiny-module.ts`. */
  buildTiny(): Promise<string>;
  close(): Promise<void>;
}

export interface FleetSettings {
  readonly fleet?: Partial<FleetLimits>;
  readonly toolchain?: Partial<ToolchainLimits>;
  readonly goCommand?: string;
}

/** A supervisor and a toolchain on a folder of their own, wired as main.ts does it. */
export function openFleet(settings: FleetSettings = {}): OpenFleet {
  const dir = mkdtempSync(join(tmpdir(), 'flamelab-fleet-'));
  const logged: string[] = [];
  const log = (message: string) => void logged.push(message);
  const limits = { ...DEFAULT_FLEET_LIMITS, ...settings.fleet };
  const supervisor = createSupervisor({ dataDir: dir, clock: systemClock, log, limits });
  const toolchain = createToolchain({
    cacheDir: join(dir, 'cache'),
    limits: { ...DEFAULT_TOOLCHAIN_LIMITS, ...settings.toolchain },
    log,
    run: (spec) => runProgram(supervisor.processes, systemClock, spec),
    ...(settings.goCommand === undefined ? {} : { goCommand: settings.goCommand }),
  });
  return {
    dir,
    logged,
    supervisor,
    toolchain,
    async buildTiny() {
      const outcome = await toolchain.build({ service: 'tiny', files: tinyModule() });
      if (!outcome.ok) throw new Error(outcome.output);
      return outcome.build.binary;
    },
    async close() {
      await supervisor.dispose();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
