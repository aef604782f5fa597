import type { Labels, SampleType } from '../../protocol/index.ts';

/** One stream of comparable profiles: kind, labels of the target, and what its samples measure. */
export interface Series {
  readonly kind: string;
  readonly labels: Labels;
  /** Id of its shape. */
  readonly shape: number;
}

/** What the values of a profile's samples mean. */
export interface Shape {
  readonly sampleTypes: readonly SampleType[];
  readonly defaultType: number;
  readonly periodType: SampleType | null;
  /**
   * Not null: the values of type `derived.type` are those of type 0 times `derived.period` exactly, in every sample, and
   * aren't stored. It is so in Go's CPU profiles: nanoseconds = samples × period.
   */
  readonly derived: { readonly type: number; readonly period: bigint } | null;
}

/** What a profile says besides its samples. */
export interface Header {
  readonly comments: readonly string[];
  readonly dropFrames: string;
  readonly keepFrames: string;
  readonly docUrl: string;
  readonly defaultSampleType: string;
}

export interface MetricSeries {
  readonly name: string;
  readonly unit: string;
  readonly labels: Labels;
}

/** Sample i: `stacks[i]`, `labelSets[i]`, `values[i * types .. (i + 1) * types)`. */
export interface SampleColumns {
  readonly stacks: Int32Array;
  readonly labelSets: Int32Array;
  readonly values: BigInt64Array;
}

/** What is known of a window besides its samples. */
export interface WindowFacts {
  readonly id: number;
  readonly series: number;
  readonly header: number;
  /** Start: the profile's own, else its arrival. Unix milliseconds, rounded down. */
  readonly atMillis: number;
  /** As the profile says; 0n when it doesn't. */
  readonly timeNanos: bigint;
  readonly durationNanos: bigint;
  readonly period: bigint;
  readonly requests: number | null;
  /** Why retention leaves it; null: it doesn't. */
  readonly pinned: boolean;
  readonly samples: number;
  readonly types: number;
}

/** A profile with the ids of the store in place of its own: what memory holds and the file gets. */
export type StoredWindow = WindowFacts & SampleColumns;

export interface StoredPoint {
  /** Id of its metric series. */
  readonly series: number;
  readonly atMillis: number;
  readonly value: number;
}
