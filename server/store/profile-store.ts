import type { Labels, SeriesTable } from '../../protocol/index.ts';
import type { Profile } from '../profile/profile.ts';
import type { BlockSums, StackSums } from '../profile/stack-sums.ts';
import type { Selector } from './selector.ts';

export type { BlockSums, StackSums, WindowSummary } from '../profile/stack-sums.ts';

/** A profile on its way into the store. */
export interface NewProfile {
  readonly kind: string;
  /** Series labels: service, version, instance, … (the samples' own labels are inside the profile). */
  readonly labels: Labels;
  readonly profile: Profile;
  /** Start of the window when the profile itself doesn't say (time_nanos 0), Unix milliseconds. */
  readonly arrivalMillis: number;
  /** Requests that the instance completed in this window; null when unknown. */
  readonly requests: number | null;
  /** It stays whatever its age, and however full the store is; otherwise the store's limits hold. */
  readonly pinned?: boolean;
}

/** `from` ≤ start of the window < `to`, Unix milliseconds; null = open. */
export interface Selection {
  readonly kind: string;
  readonly selector: Selector;
  readonly from: number | null;
  readonly to: number | null;
  /** Sums by stack bring `texts`, so that patterns can be matched against them. */
  readonly forPatterns?: boolean;
}

/** One stored profile, without its samples. */
export interface WindowEntry {
  readonly id: number;
  /** Of its series. */
  readonly labels: Labels;
  /** Its start, Unix milliseconds. */
  readonly atMillis: number;
  readonly requests: number | null;
}

/** Start of the first and of the last window, Unix milliseconds; null without windows. */
export interface Extent {
  readonly profiles: number;
  readonly firstMillis: number | null;
  readonly lastMillis: number | null;
}

export interface MetricPoint {
  readonly name: string;
  readonly unit: string;
  readonly labels: Labels;
  readonly atMillis: number;
  readonly value: number;
}

/** The one door to stored profiles and metrics. Consumers see this, never SQL. Errors are AppErrors with a protocol code. */
export interface ProfileStore {
  /** Resolves when the profile is durable and visible to the next query. Rejects `store-full`. */
  append(entry: NewProfile): Promise<{ readonly id: number }>;
  appendMetrics(points: readonly MetricPoint[]): Promise<void>;
  /** `type` null = the default sample type. Rejects `unknown-sample-type`, `no-data` (detail: what exists). */
  sumByStack(selection: Selection, type: string | null): Promise<StackSums>;
  /** The exact merged profile: all sample types, labels, mappings, addresses; durations summed, earliest time. */
  merge(selection: Selection): Promise<Profile>;
  /** Of everything, or of what a selection of a kind reaches at any time. */
  labelNames(within?: Pick<Selection, 'kind' | 'selector'>): Promise<string[]>;
  labelValues(name: string, selector: Selector): Promise<string[]>;
  /** Values that one sample has of a label, as they occur together: sorted, mostly one; none = the label is absent. */
  labelGroups(name: string, selector: Selector): Promise<(readonly string[])[]>;
  kinds(): Promise<string[]>;
  series(
    selection: Selection,
    options: { type: string | null; stepMillis: number; by: readonly string[] },
  ): Promise<SeriesTable>;
  metrics(
    name: string,
    selector: Selector,
    options: { from: number | null; to: number | null; stepMillis: number },
  ): Promise<SeriesTable>;
  /** The same sums with those of at most `maxBlocks` blocks of consecutive windows: for intervals over windows. */
  sumByBlock(selection: Selection, type: string | null, maxBlocks: number): Promise<BlockSums>;
  /** How many windows a selection reaches, and from when to when. Rejects nothing. */
  extent(selection: Selection): Promise<Extent>;
  /** The windows of a selection, oldest first. Rejects nothing. */
  listWindows(selection: Selection): Promise<WindowEntry[]>;
  /** The profile of one of them: of its samples those that the selection reaches. */
  readWindow(selection: Selection, id: number): Promise<Profile>;
  /** Windows of the selection stay until the store is removed. */
  pin(selection: Selection): Promise<void>;
  stats(): Promise<{ profiles: number; bytes: number; oldestMillis: number | null }>;
  close(): Promise<void>;
}
