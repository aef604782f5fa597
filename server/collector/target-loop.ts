import type { ServiceMetrics, Target } from '../../protocol/index.ts';
import type { Clock } from '../clock.ts';
import { AppError } from '../errors.ts';
import { metricsFromService } from './metrics-from-service.ts';
import type { CollectorEvents, ParseProfile, ProfileSink } from './ports.ts';
import { profilePath, scrapeMetrics, scrapeProfile } from './scrape.ts';
import type { CollectorSettings, KindPlan } from './settings.ts';
import { sleep } from './sleep.ts';
import { spreadMillis } from './spread.ts';

export interface TargetSpec {
  readonly name: string;
  /** `http://host:port`, without a path. */
  readonly url: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Built on internal/serve: has short CPU windows, counters and metrics. */
  readonly ownWindows: boolean;
  /** Kinds to scrape; absent = all of the plan. */
  readonly kinds?: readonly string[];
}

export interface LoopParts {
  readonly settings: CollectorSettings;
  readonly sink: ProfileSink;
  readonly parse: ParseProfile;
  readonly clock: Clock;
  readonly events: CollectorEvents;
}

/**
 * Scrapes one target: a loop per kind and one for metrics, all ended by `stop`. A failing kind backs off by itself, so
 * one slow endpoint doesn't hold up the others; the target's health is that of its newest scrape.
 */
export class TargetLoop {
  readonly spec: TargetSpec;
  readonly #parts: LoopParts;
  readonly #windows = new Map<string, number>();
  readonly #absent = new Set<string>();
  #abort: AbortController | null = null;
  #loops: Promise<unknown> = Promise.resolve();
  #focus = false;
  #health: Target['health'] = 'waiting';
  #lastError: string | null = null;

  constructor(spec: TargetSpec, parts: LoopParts) {
    this.spec = spec;
    this.#parts = parts;
  }

  view(): Target {
    const plans = this.#plans().map((plan) => plan.kind);
    return {
      name: this.spec.name,
      url: this.spec.url,
      labels: { ...this.spec.labels },
      kinds: plans.filter((kind) => !this.#absent.has(kind)),
      health: this.#abort ? this.#health : 'paused',
      lastError: this.#lastError,
    };
  }

  start(focus: boolean): void {
    if (this.#abort && this.#focus === focus) return;
    void this.stop();
    this.#focus = focus;
    const abort = new AbortController();
    this.#abort = abort;
    const loops = this.#plans().map((plan) => this.#kindLoop(plan, abort.signal));
    if (this.spec.ownWindows) loops.push(this.#metricsLoop(abort.signal));
    this.#loops = Promise.all([this.#loops, ...loops]);
  }

  /** Resolves when no request is under way any more. */
  async stop(): Promise<void> {
    this.#abort?.abort();
    this.#abort = null;
    await this.#loops;
  }

  #plans(): readonly KindPlan[] {
    const plans = this.#focus ? this.#parts.settings.focus : this.#parts.settings.elsewhere;
    const wanted = this.spec.kinds;
    return wanted ? plans.filter((plan) => wanted.includes(plan.kind)) : plans;
  }

  async #kindLoop(plan: KindPlan, signal: AbortSignal): Promise<void> {
    const { clock, settings } = this.#parts;
    if (!this.#focus) await sleep(clock, spreadMillis(this.spec.name + plan.kind, plan.everyMillis), signal);
    let failures = 0;
    let windowMillis = plan.firstWindowMillis;
    while (!signal.aborted && !this.#absent.has(plan.kind)) {
      const started = clock.now();
      const worked = await this.#window(plan, windowMillis, signal);
      if (signal.aborted) return;
      failures = worked ? 0 : failures + 1;
      if (worked) windowMillis = plan.windowMillis;
      const { first, most } = settings.backoffMillis;
      const wait = worked
        ? plan.everyMillis - (clock.now() - started)
        : Math.min(most, first * 2 ** Math.min(failures - 1, 10));
      await sleep(clock, wait, signal);
    }
  }

  async #window(plan: KindPlan, windowMillis: number, signal: AbortSignal): Promise<boolean> {
    const { settings, clock } = this.#parts;
    const base = {
      base: this.spec.url,
      timeoutMillis: windowMillis + settings.graceMillis,
      maxBytes: settings.maxProfileBytes,
      signal,
    };
    try {
      const arrivalMillis = clock.now();
      const outcome = await scrapeProfile({
        ...base,
        path: profilePath(plan.kind, windowMillis, this.spec.ownWindows),
      });
      if (outcome.status === 'absent') return this.#markAbsent(plan.kind);
      if (outcome.status === 'in-use') return this.#markInUse(plan.kind, outcome.message, signal);
      const gap = outcome.interrupted ? 'ended early: another profiler asked for a CPU profile' : null;
      const requests = plan.windowMillis > 0 ? outcome.requests : null;
      await this.#store(plan.kind, outcome.bytes, { arrivalMillis, requests, gap });
      return true;
    } catch (cause) {
      if (signal.aborted) return false;
      this.#setHealth('backing-off', cause instanceof AppError ? cause.message : String(cause));
      return false;
    }
  }

  async #store(
    kind: string,
    bytes: Uint8Array,
    window: { arrivalMillis: number; requests: number | null; gap: string | null },
  ): Promise<void> {
    const { parse, sink, events, clock } = this.#parts;
    const profile = await parse(bytes);
    const { arrivalMillis, requests, gap } = window;
    await sink.append({
      kind,
      labels: this.spec.labels,
      profile,
      arrivalMillis,
      requests,
      sourceBytes: bytes.byteLength,
    });
    const windows = (this.#windows.get(kind) ?? 0) + 1;
    this.#windows.set(kind, windows);
    this.#setHealth('up', null);
    events.collected({ ...this.#identity(kind), windows, atMillis: clock.now(), gap });
  }

  #markAbsent(kind: string): true {
    this.#absent.add(kind);
    this.#parts.events.healthChanged();
    return true;
  }

  async #markInUse(kind: string, message: string, signal: AbortSignal): Promise<true> {
    const { events, clock } = this.#parts;
    this.#setHealth('up', message);
    events.collected({
      ...this.#identity(kind),
      windows: this.#windows.get(kind) ?? 0,
      atMillis: clock.now(),
      gap: message,
    });
    await sleep(clock, 500, signal);
    return true;
  }

  #identity(kind: string): { target: string; instance: string; kind: string } {
    return { target: this.spec.name, instance: this.spec.labels.instance ?? this.spec.name, kind };
  }

  async #metricsLoop(signal: AbortSignal): Promise<void> {
    const { settings, clock, sink, events } = this.#parts;
    const every = this.#focus ? settings.focusMetricsMillis : settings.elsewhereMetricsMillis;
    let before: ServiceMetrics | null = null;
    while (!signal.aborted) {
      const started = clock.now();
      try {
        const base = { base: this.spec.url, timeoutMillis: settings.graceMillis, maxBytes: 1_000_000, signal };
        const after: ServiceMetrics = await scrapeMetrics(base);
        const values = metricsFromService(before, after);
        before = after;
        const atMillis = clock.now();
        const instance = this.spec.labels.instance ?? this.spec.name;
        events.metrics({
          instance,
          atMillis,
          values: Object.fromEntries(values.map(({ name, value }) => [name, value])),
        });
        await sink.appendMetrics(values.map((value) => ({ ...value, labels: this.spec.labels, atMillis })));
      } catch (cause) {
        if (signal.aborted) return;
        this.#setHealth('backing-off', cause instanceof AppError ? cause.message : String(cause));
      }
      await sleep(clock, every - (clock.now() - started), signal);
    }
  }

  #setHealth(health: Target['health'], lastError: string | null): void {
    if (this.#health === health && this.#lastError === lastError) return;
    this.#health = health;
    this.#lastError = lastError;
    this.#parts.events.healthChanged();
  }
}
