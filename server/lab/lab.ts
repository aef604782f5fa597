import { randomBytes } from 'node:crypto';
import type { Labels, LabState, ServerEvent, ServerMessage, Verdict } from '../../protocol/index.ts';
import type { Clock } from '../clock.ts';
import type { CollectedWindow, Collector } from '../collector/index.ts';
import type { Exercise, NewestProfile, Progress } from '../course/index.ts';
import type { Profile } from '../profile/profile.ts';
import { createTurns } from '../turns.ts';
import { type CheckParts, defaultInstances } from './check-candidate.ts';
import { CourseActions } from './course-actions.ts';
import { FleetKeeper } from './fleet-keeper.ts';
import { createInstalledBuilds, type InstalledBuilds } from './installed-builds.ts';
import { createLabState, type LabStateHolder } from './lab-state.ts';
import type { Files, LabProcesses, LabToolchain, LabWorkspaceFiles } from './ports.ts';
import type { SaveHistory } from './save-history.ts';
import { driverOf, LOAD_PACKAGE } from './services.ts';
import { createTally } from './tally.ts';
import { publishStats } from './traffic-metrics.ts';
import type { StartCollecting } from './twin-bench.ts';
import { Work } from './work.ts';

export interface LabParts {
  readonly clock: Clock;
  readonly toolchain: LabToolchain;
  readonly processes: LabProcesses;
  readonly workspace: LabWorkspaceFiles;
  readonly exercises: readonly Exercise[];
  readonly progress: Progress;
  readonly history: SaveHistory;
  readonly startCollecting: StartCollecting;
  readonly lastExercise: { read(): Promise<string | null>; write(slug: string): Promise<void> };
  /** Told where the traffic generator lies once it is built. */
  setLoadBinary(path: string): void;
  createCollector(events: { collected(window: CollectedWindow): void }): Collector;
  /** Merged profile of one instance since a time; null when there is none. */
  newestProfile(kind: string, instance: string, sinceMillis: number): Promise<Profile | null>;
  appendMetrics(
    points: readonly { name: string; unit: string; labels: Labels; atMillis: number; value: number }[],
  ): Promise<void>;
  publishState(state: LabState): void;
  publish<E extends Exclude<ServerEvent, 'lab:changed'>>(event: E, message: ServerMessage<E>): void;
  log(message: string): void;
}

/** Of one change from outside, so many files are named to the page. */
const MOST_CHANGED = 50;
/** Requests/s while a cost is measured: far above what an idle process does by itself, far below what two cores bear. */
const BUSY_RATE = 200;
/** How far back "the newest profile" looks. */
const NEWEST_MILLIS = 60_000;

/** Everything that happens behind the page: the fleet, the exercise that is worked on, the path of a save, checks. */
export class Lab {
  readonly state: LabStateHolder;
  readonly collector: Collector;
  readonly fleet: FleetKeeper;
  readonly work: Work;
  readonly course: CourseActions;
  readonly builds: InstalledBuilds;
  readonly #parts: LabParts;
  readonly #windows = createTally();
  readonly #answers = createTally();
  readonly #inTurn = createTurns();

  constructor(parts: LabParts) {
    this.#parts = parts;
    const { processes, clock, workspace, toolchain } = parts;
    this.state = createLabState(randomBytes(8).toString('hex'), parts.publishState);
    this.builds = createInstalledBuilds(toolchain, () => workspace.installedFiles());
    this.collector = parts.createCollector({ collected: (window) => this.collected(window) });
    const installed = (service: string, overlay?: Files) => this.builds.get(service, overlay);
    this.fleet = new FleetKeeper({
      processes,
      collector: this.collector,
      clock,
      installed,
      readyLoad: () => this.readyLoad(),
      onStats: (service, stats) => {
        if (stats.completed > 0) this.#answers.count(stats.target);
        publishStats(service, stats, parts);
      },
      tell: (news) => this.#changeFleet(news),
    });
    this.work = new Work({
      state: this.state,
      practice: { processes, collector: this.collector, fleet: this.fleet, installed },
      savePath: {
        toolchain,
        clock,
        waitForWindow: (instance, n, signal) => this.#windows.reach(instance, n, signal),
        waitForTraffic: (instance, signal) => this.#answers.reach(instance, 1, signal),
      },
      check: this.checkParts(),
      history: parts.history,
      workspace,
      fleet: this.fleet,
      learnerTexts: () => this.#learnerTexts(),
      judged: (slug, verdict) => this.judged(slug, verdict),
      log: parts.log,
    });
    this.course = new CourseActions({
      clock,
      exercises: parts.exercises,
      progress: parts.progress,
      newestProfile: (exercise, side) => this.#newestProfile(exercise, side),
      installedFiles: () => workspace.installedFiles(),
      resetFiles: async (exercise, start) => (await workspace.reset(filesOfExercise(exercise, start))).keptAs,
    });
  }

  checkParts(): CheckParts {
    const { toolchain, processes, clock, workspace, startCollecting } = this.#parts;
    const installedFiles = () => workspace.installedFiles();
    return {
      toolchain,
      processes,
      builds: this.builds,
      clock,
      startCollecting,
      installedFiles,
      readyLoad: () => this.readyLoad(),
    };
  }

  /** Looks for Go and starts the fleet; returns when that is done, which nobody waits for. */
  async start(): Promise<void> {
    const go = await this.#parts.toolchain.probeGo();
    this.state.change({ go });
    if (!go.ok) {
      this.#parts.log(`No service can run: ${go.message}. Until then, everything that doesn't need Go works.`);
      return;
    }
    await this.#inTurn(() => this.#startFleet());
  }

  /** The exercise that was open last is open again after a restart. */
  async remember(slug: string): Promise<void> {
    await this.#parts.lastExercise.write(slug);
  }

  async #reopen(): Promise<void> {
    const slug = await this.#parts.lastExercise.read();
    const exercise = this.#parts.exercises.find((candidate) => candidate.slug === slug);
    if (exercise && !this.work.practice) await this.work.open(exercise);
  }

  installedFiles(): Promise<Files> {
    return this.#parts.workspace.installedFiles();
  }

  workspaceFiles(): Promise<Files> {
    return this.#parts.workspace.readAll();
  }

  async readyLoad(): Promise<void> {
    this.#parts.setLoadBinary((await this.builds.get(LOAD_PACKAGE)).binary);
  }

  async judged(slug: string, verdict: Verdict): Promise<void> {
    await this.course.judged(slug, verdict);
    this.state.change({});
  }

  runsChanged(): void {
    this.#changeFleet({ runs: [...this.#parts.processes.runs()] });
    const follow = [this.fleet.followRestarts(), this.work.noticeRuns()];
    for (const done of follow) done.catch((cause) => this.#parts.log(String(cause)));
  }

  /** Files that another editor wrote. */
  changedOutside(paths: readonly string[]): void {
    this.tellVersions(paths).then(
      () => this.work.saved(paths, { write: 0, format: 0 }),
      (cause) => this.#parts.log(String(cause)),
    );
  }

  /** Every page learns which versions are on disk now: an editor that shows an older one follows, or asks. */
  async tellVersions(paths: readonly string[]): Promise<void> {
    const files = await this.#parts.workspace.listFiles();
    const changed = files.filter(({ path }) => paths.includes(path)).slice(0, MOST_CHANGED);
    this.state.change({ files: Object.fromEntries(changed.map(({ path, version }) => [path, version])) });
  }

  /** Everything stops, also what is being started; the last of several pauses and resumes holds, however fast they come. */
  pauseAll(): Promise<void> {
    this.#changeFleet({ paused: true, note: null, progress: null });
    this.fleet.startNoMore();
    return this.#inTurn(async () => {
      await this.work.open(null);
      await this.collector.pause();
      await this.fleet.stop();
    });
  }

  resumeAll(): Promise<void> {
    this.#changeFleet({ paused: false, note: null, progress: null });
    return this.#inTurn(async () => {
      if (!this.#isPaused()) this.collector.resume();
      await this.#startFleet();
    });
  }

  async #startFleet(): Promise<void> {
    if (this.#isPaused()) return;
    await this.fleet.start();
    if (!this.#isPaused()) await this.#reopen();
  }

  #isPaused(): boolean {
    return this.state.get().fleet.paused;
  }

  /** Enough traffic on a service that its cost can be measured, until the returned function is called. */
  keepBusy(service: string): () => void {
    const traffic = this.fleet.traffic(driverOf(service));
    traffic.surge(BUSY_RATE);
    return () => traffic.surge(0);
  }

  async close(): Promise<void> {
    await this.work.close();
    await this.collector.close();
    await this.fleet.stop();
  }

  /** A window of any collector, the lab's own or that of a check. */
  collected({ instance, kind, windows, atMillis, gap }: CollectedWindow): void {
    if (kind === 'cpu') this.#windows.count(instance);
    this.#parts.publish('profile:collected', { instance, kind, windows, atMillis, gap });
  }

  #changeFleet(fields: Partial<LabState['fleet']>): void {
    this.state.change({ fleet: { ...this.state.get().fleet, ...fields } });
  }

  #newestProfile(exercise: Exercise, side: 'baseline' | 'candidate'): NewestProfile {
    const { save } = this.state.get();
    const { practice } = this.work;
    const twin = save?.exercise === exercise.slug ? save.twin : null;
    const baseline = practice?.exercise.slug === exercise.slug ? practice.baseline?.instance : undefined;
    // The page's own twin first, then what a command had checked, then the code as it was found.
    const own = side === 'candidate' ? [twin?.candidate.instance, defaultInstances(exercise.slug).candidate] : [];
    const instances = [...own, baseline, `${exercise.file.service}-1`].filter((instance) => instance !== undefined);
    const since = this.#parts.clock.now() - NEWEST_MILLIS;
    return async (kind) => {
      for (const instance of instances) {
        const profile = await this.#parts.newestProfile(kind, instance, since);
        if (profile) return profile;
      }
      return null;
    };
  }

  /** The learner's files that differ from the installed ones, as text. */
  async #learnerTexts(): Promise<Record<string, string>> {
    const installed = await this.#parts.workspace.installedFiles();
    const files = [...(await this.#parts.workspace.readAll())];
    const changed = files.filter(([name, bytes]) => !sameBytes(installed.get(name), bytes));
    return Object.fromEntries(changed.map(([name, bytes]) => [name, Buffer.from(bytes).toString('utf8')]));
  }
}

function sameBytes(a: Uint8Array | undefined, b: Uint8Array): boolean {
  return a !== undefined && Buffer.compare(a, b) === 0;
}

/** What a reset puts back: the exercise's service and all that is shared. */
export function filesOfExercise({ file }: Exercise, start: Files): Files {
  return new Map(
    [...start].filter(
      ([name]) => name.startsWith(`${file.service}/`) || name.startsWith('internal/') || !name.includes('/'),
    ),
  );
}
