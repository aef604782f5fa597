import { AppError } from '../errors.ts';
import { type Load, type Supervisor, startLoad } from '../fleet/index.ts';
import type { LabProcesses } from '../lab/index.ts';

export interface LabProcessesWithLoad extends LabProcesses {
  /** Where the traffic generator lies; asked for before the first `startLoad`. */
  setLoadBinary(path: string): void;
}

/** The fleet's supervisor as the lab sees it. */
export function createLabProcesses(supervisor: Supervisor): LabProcessesWithLoad {
  let loadBinary: string | null = null;
  return {
    setLoadBinary(path) {
      loadBinary = path;
    },
    async start(spec) {
      const run = supervisor.start({ ...spec, args: ['-exit-on-stdin-close', ...spec.args] });
      const readiness = await run.ready;
      if (!readiness.ok) throw new AppError('internal', `${spec.service} did not get ready: ${readiness.reason}`);
      let url = readiness.address;
      return {
        id: run.id,
        get url() {
          url = run.address() ?? url;
          return url;
        },
        view: () => run.view(),
        processes: () => run.processes(),
        stop: () => run.stop(),
      };
    },
    startLoad({ mode, args, onLine }) {
      if (!loadBinary) throw new AppError('internal', 'the traffic generator is not built yet');
      const load = startLoad(supervisor, { binary: loadBinary, mode, args, onLine });
      return { send: load.send, stop: load.stop, done: ended(load) };
    },
    runs: () => supervisor.views(),
    log: (run) => supervisor.find(run)?.log() ?? null,
  };
}

async function ended(load: Load): Promise<void> {
  const { ok, reason } = await load.done;
  if (!ok) throw new AppError('internal', reason ?? 'the traffic generator failed');
}
