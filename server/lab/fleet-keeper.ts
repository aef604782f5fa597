import type { Clock } from '../clock.ts';
import type { Collector } from '../collector/index.ts';
import type { LoadTarget } from './load-arguments.ts';
import type { LabBuild, LabProcesses } from './ports.ts';
import { type ServiceRun, startService } from './service-run.ts';
import { SERVICES } from './services.ts';
import { Traffic, type TrafficStats } from './traffic.ts';

/** Requests/s to each service of the fleet while nobody works on it: enough to be profiled, too little to be heard. */
export const QUIET_RATE = 10;

export interface FleetKeeperParts {
  readonly processes: LabProcesses;
  readonly collector: Collector;
  readonly clock: Clock;
  installed(service: string): Promise<LabBuild>;
  readyLoad(): Promise<void>;
  onStats(service: string, stats: TrafficStats): void;
  /** What is being started now, and what didn't start; null: nothing. */
  tell(news: { progress: string | null; note: string | null }): void;
}

interface Member {
  readonly run: ServiceRun;
  /** The address that is collected and fed; another one than the run's after a restart. */
  readonly url: string;
  readonly forget: readonly (() => Promise<void>)[];
}

/**
 * The fleet as found in production: one instance of each service from the installed sources, collected all the time, with
 * quiet traffic. Exercises borrow an instance as their baseline and its traffic.
 */
export class FleetKeeper {
  readonly #parts: FleetKeeperParts;
  readonly #members = new Map<string, Member>();
  readonly #traffic = new Map<string, Traffic>();
  #starting: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(parts: FleetKeeperParts) {
    this.#parts = parts;
  }

  /** Starts what isn't running, one after another so that builds don't crowd two cores; a failure doesn't stop the rest. */
  start(): Promise<void> {
    this.#stopped = false;
    this.#starting = this.#starting.then(() => this.#startAll());
    return this.#starting;
  }

  /** What waits to be started is not. */
  startNoMore(): void {
    this.#stopped = true;
  }

  async stop(): Promise<void> {
    this.startNoMore();
    await this.#starting;
    await Promise.all([...this.#traffic.values()].map((traffic) => traffic.stop()));
    await Promise.all([...this.#members.values()].map((member) => this.#end(member)));
    this.#members.clear();
  }

  /** Follows instances that were restarted and have another address now. */
  async followRestarts(): Promise<void> {
    for (const [service, member] of this.#members) {
      if (member.run.view().state !== 'up' || member.url === member.run.url) continue;
      this.#members.set(service, { ...member, url: member.run.url });
      await Promise.all(member.forget.map((forget) => forget()));
      const plan = SERVICES.find((candidate) => candidate.name === service);
      await this.#register(member.run, plan?.downstream?.service ?? null);
      await this.#feed(service);
    }
  }

  run(service: string): ServiceRun | null {
    return this.#members.get(service)?.run ?? null;
  }

  /** The traffic of a service; it lives as long as the lab and keeps its rate through a pause. */
  traffic(service: string): Traffic {
    const known = this.#traffic.get(service);
    if (known) return known;
    const { processes, readyLoad, onStats } = this.#parts;
    const plan = SERVICES.find((candidate) => candidate.name === service);
    const traffic = new Traffic(processes, {
      scenario: plan?.scenario ?? service,
      seed: 1,
      rate: QUIET_RATE,
      ready: readyLoad,
      onStats: (stats) => onStats(service, stats),
    });
    this.#traffic.set(service, traffic);
    return traffic;
  }

  /** Pauses or resumes all traffic. */
  setQuiet(quiet: boolean): void {
    for (const traffic of this.#traffic.values()) {
      if (quiet) traffic.pause();
      else traffic.resume();
    }
  }

  /** Holds all traffic back until the returned function is called; who pauses or resumes meanwhile gets it after that. */
  hush(): () => void {
    const hushed = [...this.#traffic.values()];
    for (const traffic of hushed) traffic.holdBack(true);
    return () => {
      for (const traffic of hushed) traffic.holdBack(false);
    };
  }

  async #startAll(): Promise<void> {
    const { tell } = this.#parts;
    const failed: string[] = [];
    for (const { name, downstream, scenario } of SERVICES) {
      if (this.#stopped || this.#members.has(name)) continue;
      if (isOnlyDownstream(name)) continue;
      tell({ progress: `Building and starting ${name} …`, note: failed.join('\n') || null });
      try {
        await this.#startMember(name, downstream?.service ?? null);
        if (scenario) await this.#feed(name);
      } catch (cause) {
        failed.push(`${name} did not start: ${cause instanceof Error ? cause.message : String(cause)}`);
      }
    }
    tell({ progress: null, note: failed.join('\n') || null });
  }

  async #startMember(service: string, downstreamService: string | null): Promise<void> {
    const build = await this.#parts.installed(service);
    const run = await startService({ build, instance: `${service}-1`, role: 'fleet', restart: true }, this.#parts);
    await this.#register(run, downstreamService);
  }

  async #register(run: ServiceRun, downstreamService: string | null): Promise<void> {
    const { build } = run;
    const { service } = build;
    const forget = [this.#collect({ service, instance: run.instance, version: build.id, url: run.url })];
    if (run.downstream && downstreamService) {
      const version = (await this.#parts.installed(downstreamService)).id;
      forget.push(
        this.#collect({
          service: downstreamService,
          instance: `${downstreamService}-1`,
          version,
          url: run.downstream.url,
        }),
      );
    }
    this.#members.set(service, { run, url: run.url, forget });
  }

  #collect(target: { service: string; instance: string; version: string; url: string }): () => Promise<void> {
    const { service, instance, version, url } = target;
    return this.#parts.collector.add({ name: instance, url, labels: { service, instance, version }, ownWindows: true });
  }

  #feed(service: string): Promise<void> {
    const run = this.run(service);
    return run ? this.traffic(service).setTargets([loadTarget(run)]) : Promise.resolve();
  }

  async #end(member: Member): Promise<void> {
    await Promise.all(member.forget.map((forget) => forget()));
    await member.run.stop();
  }
}

export function loadTarget(run: ServiceRun): LoadTarget {
  return { name: run.instance, url: run.url, downstreamUrl: run.downstream?.url ?? null };
}

/** A service that only runs as somebody's downstream, so that each caller has one of its own. */
function isOnlyDownstream(name: string): boolean {
  return SERVICES.some((service) => service.downstream?.service === name);
}
