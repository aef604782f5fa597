import type { RunView } from '../../protocol/index.ts';
import type { LabBuild, LabProcesses, StartedRun } from './ports.ts';
import { getServicePlan } from './services.ts';

/** A running service with the downstream instance that belongs to it alone, so that twins don't share a payments stub. */
export interface ServiceRun {
  readonly build: LabBuild;
  readonly instance: string;
  /** Another one after a restart. */
  readonly url: string;
  readonly downstream: StartedRun | null;
  view(): RunView;
  /** Processes that run now, the downstream's aside. */
  processes(): number;
  stop(): Promise<void>;
}

export interface ServiceRunSpec {
  readonly build: LabBuild;
  readonly instance: string;
  readonly role: RunView['role'];
  readonly restart: boolean;
  readonly downstreamFlags?: readonly string[];
}

/** `installed` builds a service from the installed sources: what the candidate calls is never the learner's. */
export async function startService(
  spec: ServiceRunSpec,
  parts: { processes: LabProcesses; installed(service: string): Promise<LabBuild> },
): Promise<ServiceRun> {
  const plan = getServicePlan(spec.build.service);
  const downstream = plan.downstream ? await startDownstream(spec, plan.downstream.service, parts) : null;
  const args = plan.downstream && downstream ? [plan.downstream.flag, downstream.url] : [];
  try {
    const run = await parts.processes.start({
      service: spec.build.service,
      instance: spec.instance,
      version: spec.build.id,
      role: spec.role,
      binary: spec.build.binary,
      args,
      restart: spec.restart,
    });
    const stop = async (): Promise<void> => {
      await Promise.all([run.stop(), downstream?.stop()]);
    };
    return {
      build: spec.build,
      instance: spec.instance,
      get url() {
        return run.url;
      },
      downstream,
      view: () => run.view(),
      processes: () => run.processes(),
      stop,
    };
  } catch (cause) {
    await downstream?.stop();
    throw cause;
  }
}

async function startDownstream(
  spec: ServiceRunSpec,
  service: string,
  parts: Parameters<typeof startService>[1],
): Promise<StartedRun> {
  const build = await parts.installed(service);
  return parts.processes.start({
    service,
    instance: `${spec.instance}-${service}`,
    version: build.id,
    role: 'support',
    binary: build.binary,
    args: spec.downstreamFlags ?? [],
    restart: spec.restart,
  });
}
