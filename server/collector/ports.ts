import type { Labels, ServiceFlight } from '../../protocol/index.ts';
import type { Profile } from '../profile/profile.ts';

/** What the collector needs from others; main.ts supplies it. */
export interface ProfileSink {
  append(entry: {
    readonly kind: string;
    readonly labels: Labels;
    readonly profile: Profile;
    readonly arrivalMillis: number;
    readonly requests: number | null;
  }): Promise<unknown>;
  appendMetrics(
    points: readonly { name: string; unit: string; labels: Labels; atMillis: number; value: number }[],
  ): Promise<void>;
}

/** Bytes as they came (gzip or not) to a checked profile; rejects with an AppError. */
export type ParseProfile = (bytes: Uint8Array) => Promise<Profile>;

export interface CollectedWindow {
  readonly target: string;
  readonly instance: string;
  readonly kind: string;
  /** How many windows of this kind this target has brought so far. */
  readonly windows: number;
  readonly atMillis: number;
  /** Why a window is missing or short; null when whole. */
  readonly gap: string | null;
}

export interface CollectorEvents {
  collected(window: CollectedWindow): void;
  metrics(sample: { instance: string; atMillis: number; values: Readonly<Record<string, number>> }): void;
  healthChanged(): void;
  /** How the flight recorder of an instance is, with each reading of its metrics. */
  recorder?(news: { target: string; labels: Labels; flight: ServiceFlight }): void;
}
