import type { KindHealth, Target } from '../../protocol/index.ts';
import type { Clock } from '../clock.ts';
import { AppError } from '../errors.ts';
import { type KindLoopParts, type KindRecord, runKindLoop, type Turns } from './kind-loop.ts';
import { runMetricsLoop } from './metrics-loop.ts';
import { planKinds, type TargetWishes } from './plan-kinds.ts';
import type { CollectorEvents, ParseProfile, ProfileSink } from './ports.ts';
import type { CollectorSettings, KindPlan } from './settings.ts';
import { type PinnedAddress, pinAddress } from './target-address.ts';

export interface TargetSpec {
  readonly name: string;
  /** `http://host:port`, and a prefix of `/debug/pprof` if there is one. */
  readonly url: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Built on internal/serve: has short CPU windows, counters and metrics. */
  readonly ownWindows: boolean;
  /** Absent: the fleet's own. */
  readonly origin?: Target['origin'];
  /** Of `url`, when it was resolved before. */
  readonly address?: PinnedAddress;
  readonly wishes?: TargetWishes;
  /** Never left out for a period. */
  readonly always?: boolean;
  /** The first scrapes come at once: someone waits for them. */
  readonly atOnce?: boolean;
}

export interface LoopParts {
  readonly settings: CollectorSettings;
  readonly sink: ProfileSink;
  readonly parse: ParseProfile;
  readonly clock: Clock;
  readonly events: CollectorEvents;
}

export interface TargetLoopParts extends LoopParts {
  readonly turns: Pick<Turns, 'wait'>;
  /** The collector's share of the time under a CPU profile. */
  time(): number;
}

const NO_PPROF =
  'has none of these profiles (404): is net/http/pprof served at this address? It is where a browser shows /debug/pprof/.';

/**
 * Scrapes one target: a loop per kind and one for metrics, all ended by `stop`. A failing kind backs off by itself, so
 * one slow endpoint doesn't hold up the others; when one works again, those that wait out a backoff go on as well.
 */
export class TargetLoop {
  readonly spec: TargetSpec;
  readonly address: PinnedAddress;
  readonly #parts: TargetLoopParts;
  readonly #records = new Map<string, KindRecord>();
  readonly #underWay = new Set<object>();
  #quiet: (() => void)[] = [];
  #abort: AbortController | null = null;
  #back = new AbortController();
  #loops: Promise<unknown> = Promise.resolve();
  #focus = false;
  #begun = false;
  #heldBack = false;
  #metricsError: string | null = null;
  #version = '';

  constructor(spec: TargetSpec, parts: TargetLoopParts) {
    this.spec = spec;
    this.address = spec.address ?? pinAddress(spec.url);
    this.#parts = parts;
  }

  view(chosen: boolean): Target {
    const { name, origin = 'fleet', ownWindows } = this.spec;
    const kindHealth = this.#plans().map((plan) => viewOfKind(plan, this.#record(plan.kind)));
    const { health, lastError } = this.#health(kindHealth);
    return {
      name,
      url: this.address.url,
      address: this.address.shown(),
      origin,
      labels: { ...this.#labels() },
      kinds: kindHealth.filter(({ state }) => state !== 'absent').map(({ kind }) => kind),
      health,
      lastError,
      kindHealth,
      chosen: chosen || this.#focus,
      overhead: null,
      measurable: ownWindows,
    };
  }

  start(focus: boolean): void {
    if (this.#abort && this.#focus === focus) return;
    this.#focus = focus;
    this.restart();
  }

  /** Begins again with the plan of now. */
  restart(): void {
    void this.stop();
    const abort = new AbortController();
    this.#abort = abort;
    const loops = this.#plans().map((plan) => runKindLoop(this.#kindParts(plan), abort.signal));
    if (this.spec.ownWindows) loops.push(this.#runMetrics(abort.signal));
    this.#begun = true;
    this.#loops = Promise.all([this.#loops, ...loops]);
  }

  /** Resolves when no request is under way any more. */
  async stop(): Promise<void> {
    this.#abort?.abort();
    this.#abort = null;
    await this.#loops;
  }

  /** Holds collection back; resolves when the windows under way have ended. Their places in the interval pass meanwhile. */
  async holdBack(): Promise<void> {
    this.#heldBack = true;
    if (this.#underWay.size > 0) await new Promise<void>((resolve) => this.#quiet.push(resolve));
  }

  goOn(): void {
    this.#heldBack = false;
  }

  get focus(): boolean {
    return this.#focus;
  }

  #plans(): readonly KindPlan[] {
    const { settings, time } = this.#parts;
    const { wishes = {} } = this.spec;
    if (!this.#focus) return planKinds(settings, wishes, time());
    return settings.focus.filter((plan) => wishes.kinds?.includes(plan.kind) ?? true);
  }

  #kindParts(plan: KindPlan): KindLoopParts {
    return {
      ...this.#parts,
      spec: this.spec,
      address: this.address,
      plan,
      record: this.#record(plan.kind),
      atOnce: this.#focus || (this.spec.atOnce === true && !this.#begun),
      turns: {
        wait: (signal) => (this.#focus ? Promise.resolve(null) : this.#parts.turns.wait(signal)),
        heldBack: () => this.#heldBack,
        begin: () => this.#beginWindow(),
      },
      back: () => this.#back.signal,
      changed: () => this.#parts.events.healthChanged(),
      arrived: (window) => this.#arrived(window),
    };
  }

  #runMetrics(signal: AbortSignal): Promise<void> {
    const { settings } = this.#parts;
    const parts = {
      ...this.#parts,
      spec: this.spec,
      address: this.address,
      everyMillis: this.#focus ? settings.focusMetricsMillis : settings.elsewhereMetricsMillis,
      heldBack: () => this.#heldBack,
      worked: () => {
        this.#metricsError = null;
      },
      failed: (cause: unknown) => {
        this.#metricsError = cause instanceof AppError ? cause.message : String(cause);
        this.#parts.events.healthChanged();
      },
    };
    return runMetricsLoop(parts, signal);
  }

  #beginWindow(): () => void {
    const window = {};
    this.#underWay.add(window);
    return () => {
      this.#underWay.delete(window);
      if (this.#underWay.size === 0) for (const resolve of this.#quiet.splice(0)) resolve();
    };
  }

  /** Only a recovery wakes the others: one kind that never works must not be tried with each window of the rest. */
  #arrived({ version, recovered }: { version: string; recovered: boolean }): Readonly<Record<string, string>> {
    this.#version = version;
    this.#metricsError = null;
    if (recovered) {
      const back = this.#back;
      this.#back = new AbortController();
      back.abort();
    }
    return this.#labels();
  }

  /** A version that nobody named is the build that the profiles say they are of. */
  #labels(): Readonly<Record<string, string>> {
    const { labels, ownWindows } = this.spec;
    return ownWindows || labels.version || !this.#version ? labels : { ...labels, version: this.#version };
  }

  #record(kind: string): KindRecord {
    const known = this.#records.get(kind);
    if (known) return known;
    const record: KindRecord = { state: 'waiting', windows: 0, lastMillis: null, error: null, retryMillis: null };
    this.#records.set(kind, record);
    return record;
  }

  #health(kinds: readonly KindHealth[]): Pick<Target, 'health' | 'lastError'> {
    const find = (state: KindHealth['state']) => kinds.find((kind) => kind.state === state);
    const failing = find('failing');
    const inUse = find('in-use');
    const lastError = failing?.error ?? inUse?.error ?? this.#metricsError;
    if (!this.#abort) return { health: 'paused', lastError };
    if (failing || this.#metricsError) return { health: 'backing-off', lastError };
    if (inUse) return { health: 'in-use', lastError };
    if (find('up')) return { health: 'up', lastError };
    if (kinds.length > 0 && kinds.every(({ state }) => state === 'absent'))
      return { health: 'backing-off', lastError: `${this.address.url} ${NO_PPROF}` };
    return { health: 'waiting', lastError };
  }
}

function viewOfKind({ kind, everyMillis, windowMillis }: KindPlan, record: KindRecord): KindHealth {
  return { kind, everyMillis, windowMillis, ...record };
}
