import type { KindHealth } from '../../protocol/index.ts';
import { AppError } from '../errors.ts';
import { errorOfProfile, profilePath, scrapeProfile } from './scrape.ts';
import type { KindPlan } from './settings.ts';
import { sleep } from './sleep.ts';
import { spreadMillis } from './spread.ts';
import type { PinnedAddress } from './target-address.ts';
import type { LoopParts, TargetSpec } from './target-loop.ts';

/** What is known of one kind of a target; outlives the loops, which end and begin again with a new plan. */
export interface KindRecord {
  state: KindHealth['state'];
  windows: number;
  lastMillis: number | null;
  error: string | null;
  retryMillis: number | null;
}

export interface KindLoopParts extends LoopParts {
  readonly spec: TargetSpec;
  readonly address: PinnedAddress;
  readonly plan: KindPlan;
  readonly record: KindRecord;
  /** Begins at once instead of at its place in the interval. */
  readonly atOnce: boolean;
  readonly turns: Turns;
  /** Aborted when a kind that failed works again, so that the others don't wait out their backoff. */
  back(): AbortSignal;
  changed(): void;
  /** A window came; `version` is the build that its program says it is, or empty. Answers with the labels for it. */
  arrived(window: { version: string; recovered: boolean }): Readonly<Record<string, string>>;
}

/** When this target may be scraped. */
export interface Turns {
  /** Resolves when it may: null when it may now, else the number of the period that it had to wait for. */
  wait(signal: AbortSignal): Promise<number | null>;
  /** True while a measurement holds collection back. */
  heldBack(): boolean;
  /** Notes a window that is under way; the function ends it. */
  begin(): () => void;
}

type Outcome = 'ok' | 'absent' | 'in-use' | 'failing';
const BUILD_ID_CHARACTERS = 12;
/** Held back, a back-to-back loop looks again this soon. */
const HELD_MILLIS = 100;

/** Windows of one kind, one after another, until the signal. A failing kind backs off by itself. */
export async function runKindLoop(parts: KindLoopParts, signal: AbortSignal): Promise<void> {
  const { spec, plan, clock, turns } = parts;
  const spread = (salt = '') => sleep(clock, spreadMillis(spec.name + plan.kind + salt, plan.everyMillis), signal);
  if (!parts.atOnce) await spread();
  let windowMillis = plan.firstWindowMillis;
  let last: Outcome = 'ok';
  let tries = 0;
  while (!signal.aborted) {
    const period = await turns.wait(signal);
    if (period !== null) {
      // Another place in each period, or a kind whose interval is longer than a period might never have its turn.
      await spread(String(period));
      continue;
    }
    if (turns.heldBack()) {
      await sleep(clock, plan.everyMillis || HELD_MILLIS, signal);
      continue;
    }
    const started = clock.now();
    const outcome = await takeWindow(parts, windowMillis, signal);
    if (signal.aborted) return;
    tries = outcome === last ? tries + 1 : 1;
    last = outcome;
    if (outcome === 'ok') windowMillis = plan.windowMillis;
    await rest(parts, { outcome, tries, tookMillis: clock.now() - started }, signal);
  }
}

async function rest(
  parts: KindLoopParts,
  { outcome, tries, tookMillis }: { outcome: Outcome; tries: number; tookMillis: number },
  signal: AbortSignal,
): Promise<void> {
  const { plan, clock, record, settings } = parts;
  if (outcome === 'ok') {
    record.retryMillis = null;
    return sleep(clock, plan.everyMillis - tookMillis, signal);
  }
  const { first, most } = settings.backoffMillis;
  const backoff = Math.min(most, first * 2 ** Math.min(tries - 1, 10));
  const inUse = parts.spec.ownWindows ? settings.ownInUseMillis : backoff;
  const wait = outcome === 'absent' ? settings.absentMillis : outcome === 'in-use' ? inUse : backoff;
  record.retryMillis = clock.now() + wait;
  parts.changed();
  await sleep(clock, wait, AbortSignal.any([signal, parts.back()]));
}

async function takeWindow(parts: KindLoopParts, windowMillis: number, signal: AbortSignal): Promise<Outcome> {
  const end = parts.turns.begin();
  try {
    return await scrapeWindow(parts, windowMillis, signal);
  } catch (cause) {
    if (!signal.aborted) note(parts, 'failing', cause instanceof AppError ? cause.message : String(cause));
    return 'failing';
  } finally {
    end();
  }
}

async function scrapeWindow(parts: KindLoopParts, windowMillis: number, signal: AbortSignal): Promise<Outcome> {
  const { spec, plan, settings, clock } = parts;
  const address = await parts.address.get();
  const path = profilePath(plan.kind, windowMillis, spec.ownWindows);
  const arrivalMillis = clock.now();
  const outcome = await scrapeProfile(address, path, {
    timeoutMillis: windowMillis + settings.graceMillis,
    maxBytes: settings.maxProfileBytes,
    signal,
  });
  if (outcome.status === 'absent') {
    note(parts, 'absent', null);
    return 'absent';
  }
  if (outcome.status === 'in-use') {
    note(parts, 'in-use', outcome.message);
    tellWindow(parts, outcome.message);
    return 'in-use';
  }
  const { bytes } = outcome;
  const profile = await parts.parse(bytes).catch((cause) => {
    throw errorOfProfile(address, path, cause);
  });
  const version = profile.mappings[0]?.buildId.slice(0, BUILD_ID_CHARACTERS) ?? '';
  const labels = parts.arrived({ version, recovered: parts.record.state === 'failing' });
  const requests = plan.windowMillis > 0 ? outcome.requests : null;
  await parts.sink.append({ kind: plan.kind, labels, profile, arrivalMillis, requests });
  parts.record.windows += 1;
  parts.record.lastMillis = clock.now();
  note(parts, 'up', null);
  tellWindow(parts, outcome.interrupted ? 'ended early: another profiler asked for a CPU profile' : null);
  return 'ok';
}

function note({ record, changed }: KindLoopParts, state: KindHealth['state'], error: string | null): void {
  const isNew = record.state !== state || record.error !== error;
  record.state = state;
  record.error = error;
  if (isNew) changed();
}

function tellWindow({ spec, plan, record, events, clock }: KindLoopParts, gap: string | null): void {
  const instance = spec.labels.instance ?? spec.name;
  events.collected({
    target: spec.name,
    instance,
    kind: plan.kind,
    windows: record.windows,
    atMillis: clock.now(),
    gap,
  });
}
