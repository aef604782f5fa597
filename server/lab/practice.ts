import type { TwinView } from '../../protocol/index.ts';
import type { Collector } from '../collector/index.ts';
import type { Exercise, Overlay } from '../course/index.ts';
import { type FleetKeeper, loadTarget, QUIET_RATE } from './fleet-keeper.ts';
import type { LabBuild, LabProcesses } from './ports.ts';
import { type ServiceRun, startService } from './service-run.ts';
import type { Traffic } from './traffic.ts';

export interface PracticeParts {
  readonly processes: LabProcesses;
  readonly collector: Collector;
  readonly fleet: FleetKeeper;
  installed(service: string, overlay?: Overlay): Promise<LabBuild>;
}

/** Times the exercise's rate until the first picture stands; more would leave two cores no time to draw it. */
const SURGE = 4;

interface Candidate {
  readonly run: ServiceRun;
  readonly twin: TwinView;
  forget(): Promise<void>;
}

/**
 * One exercise under way: the baseline in focus under the exercise's load and, after a save, the candidate beside it on
 * the same interleaved traffic. A candidate that doesn't get ready, or ends by itself, leaves the field to the last good one,
 * which stands by without traffic.
 */
export class Practice {
  readonly exercise: Exercise;
  readonly traffic: Traffic;
  readonly #parts: PracticeParts;
  readonly #start: Overlay;
  #baseline: ServiceRun | null = null;
  #ownsBaseline = false;
  #candidate: Candidate | null = null;
  #standby: Omit<Candidate, 'forget'> | null = null;
  #forgetBaseline: (() => Promise<void>) | null = null;
  #ending: Promise<unknown> = Promise.resolve();

  constructor(exercise: Exercise, start: Overlay, parts: PracticeParts) {
    this.exercise = exercise;
    this.#start = start;
    this.#parts = parts;
    this.traffic = parts.fleet.traffic(exercise.file.service);
  }

  get baseline(): ServiceRun | null {
    return this.#baseline;
  }

  /** The fleet's own instance is the baseline unless the exercise starts from other files. */
  async open(): Promise<void> {
    const { service, load, scenario } = this.exercise.file;
    if (this.#start.size === 0) {
      await this.#parts.fleet.start();
      this.#baseline = this.#parts.fleet.run(service);
      if (this.#baseline) this.#parts.collector.setFocus(this.#baseline.instance, true);
    } else {
      const build = await this.#parts.installed(service, this.#start);
      this.#baseline = await startService(
        { build, instance: `${this.exercise.slug}-baseline`, role: 'twin', restart: true },
        this.#parts,
      );
      this.#ownsBaseline = true;
      this.#forgetBaseline = this.#collect(this.#baseline);
    }
    this.traffic.setRate(load.rate);
    await this.traffic.setScenario(scenario);
    await this.#feed();
  }

  /**
   * Resolves when the candidate answers and the traffic alternates, faster than otherwise until `calm`: a graph of two
   * samples shows nobody anything. Rejects, all as before, when it doesn't get ready.
   */
  async startCandidate(build: LabBuild, instance: string): Promise<TwinView> {
    const baseline = this.#baseline;
    if (!baseline) throw new Error(`${this.exercise.slug} is not open`);
    const run = await startService({ build, instance, role: 'twin', restart: false }, this.#parts);
    const previous = this.#candidate;
    const twin = {
      id: instance,
      service: build.service,
      baseline: { instance: baseline.instance, version: baseline.build.id },
      candidate: { instance, version: build.id },
      startedMillis: Date.now(),
    };
    this.#candidate = { run, twin, forget: this.#collect(run) };
    const { rate, verdictRate } = this.exercise.file.load;
    this.traffic.surge(Math.min(verdictRate, SURGE * rate));
    await this.#feed();
    // A stopping service lets its last requests finish, which may take seconds: nobody waits for that.
    if (previous) this.#ending = Promise.allSettled([this.#ending, this.#standBy(previous)]);
    return twin;
  }

  /** Puts the last good candidate in the place of one that ended by itself; null while nothing ended. `twin` null: there is none. */
  async replaceEnded(): Promise<{ reason: string; twin: TwinView | null } | null> {
    const ended = this.#candidate;
    if (!ended || isAlive(ended.run)) return null;
    const standby = this.#standby && isAlive(this.#standby.run) ? this.#standby : null;
    this.#standby = null;
    this.#candidate = standby && { ...standby, forget: this.#collect(standby.run) };
    await this.#feed();
    this.#ending = Promise.allSettled([this.#ending, this.#end(ended)]);
    const { state, reason } = ended.run.view();
    return { reason: reason ?? `it is ${state}`, twin: standby?.twin ?? null };
  }

  /** The picture stands: back to the rate that the learner chose. */
  calm(): void {
    this.traffic.surge(0);
  }

  /** The fleet goes on, in quiet. */
  async close(): Promise<void> {
    const candidate = this.#candidate;
    const standby = this.#standby;
    const baseline = this.#baseline;
    this.#candidate = null;
    this.#standby = null;
    this.#baseline = null;
    this.calm();
    this.traffic.setRate(QUIET_RATE);
    this.traffic.resume();
    await this.traffic.setScenario(null);
    const fleetRun = this.#parts.fleet.run(this.exercise.file.service);
    await this.traffic.setTargets(fleetRun ? [loadTarget(fleetRun)] : []);
    if (candidate) await this.#end(candidate);
    await standby?.run.stop();
    await this.#ending;
    if (baseline && this.#ownsBaseline)
      await this.#end({ run: baseline, forget: this.#forgetBaseline ?? (async () => {}) });
    else if (baseline) this.#parts.collector.setFocus(baseline.instance, false);
  }

  #collect(run: ServiceRun): () => Promise<void> {
    const labels = { service: run.build.service, instance: run.instance, version: run.build.id };
    return this.#parts.collector.add({ name: run.instance, url: run.url, labels, ownWindows: true }, { focus: true });
  }

  #feed(): Promise<void> {
    const runs = [this.#baseline, this.#candidate?.run ?? null].filter((run) => run !== null);
    return this.traffic.setTargets(runs.map(loadTarget));
  }

  async #standBy(previous: Candidate): Promise<void> {
    const older = this.#standby;
    this.#standby = previous;
    await previous.forget();
    await older?.run.stop();
  }

  async #end(side: { run: ServiceRun; forget(): Promise<void> }): Promise<void> {
    await side.forget();
    await side.run.stop();
  }
}

function isAlive(run: ServiceRun): boolean {
  const { state } = run.view();
  return state === 'up' || state === 'starting';
}
