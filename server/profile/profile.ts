import type { SampleType } from '../../protocol/index.ts';

/**
 * A pprof profile in columns (google/pprof `proto/profile.proto`), symbols and stacks stored once, indices instead of ids.
 * Nothing is deferred: reading it has checked every reference. Exact: 64-bit values stay 64-bit.
 *
 *     stacks (leaf first)     locations            lines                       functions
 *     0: [0, 1]               0: 0x401000 → lines 0..2   0: fn 0 line 12 (inlined)   0: main.leaf
 *                             1: 0x402000 → lines 2..3   1: fn 1 line 20             1: main.caller
 *                                                        2: fn 2 line 5              2: main.main
 *
 * A location's lines go from the innermost inlined function outwards, as in the format. Index -1 in `mapping` = none.
 */
export interface Profile {
  readonly sampleTypes: readonly SampleType[];
  /** Index into `sampleTypes`: the format's default_sample_type if it names one, else the last. */
  readonly defaultType: number;
  /** What the format's default_sample_type says, even if it names none of `sampleTypes`; '' when it says nothing. */
  readonly defaultSampleType: string;
  readonly periodType: SampleType | null;
  readonly period: bigint;
  /** 0n when the profile doesn't say. */
  readonly timeNanos: bigint;
  readonly durationNanos: bigint;
  readonly comments: readonly string[];
  readonly dropFrames: string;
  readonly keepFrames: string;
  readonly docUrl: string;
  readonly functions: readonly ProfileFunction[];
  readonly mappings: readonly ProfileMapping[];
  readonly locations: ProfileLocations;
  readonly stacks: ProfileStacks;
  readonly labelSets: readonly LabelSet[];
  readonly samples: ProfileSamples;
  /** Of a profile that came through `createProfileParser`. */
  readonly stackNumbers?: StackNumbers;
}

export interface ProfileFunction {
  readonly name: string;
  readonly systemName: string;
  readonly file: string;
  readonly startLine: number;
}

export interface ProfileMapping {
  readonly start: bigint;
  readonly limit: bigint;
  readonly offset: bigint;
  readonly file: string;
  readonly buildId: string;
  readonly hasFunctions: boolean;
  readonly hasFilenames: boolean;
  readonly hasLineNumbers: boolean;
  readonly hasInlineFrames: boolean;
}

/** Lines of location i: `lineFunction[lineStart[i] .. lineStart[i+1])`. Line and column numbers are exact up to 2^53, 0 = unknown. */
export interface ProfileLocations {
  readonly count: number;
  readonly mapping: Int32Array;
  readonly address: BigUint64Array;
  readonly folded: Uint8Array;
  readonly lineStart: Uint32Array;
  readonly lineFunction: Uint32Array;
  readonly lineNumber: Float64Array;
  readonly lineColumn: Float64Array;
}

/** Distinct stacks, leaf first: locations of stack i are `location[start[i] .. start[i+1])`. */
export interface ProfileStacks {
  readonly count: number;
  readonly start: Uint32Array;
  readonly location: Uint32Array;
}

/**
 * Numbers by which who sees many profiles knows a stack again without looking at it: what has one number in one numbering is the
 * same stack, functions, lines, addresses and mappings included. A stack may have several.
 */
export interface StackNumbers {
  readonly numbering: object;
  readonly ofStack: Int32Array;
}

export interface ProfileLabel {
  readonly key: string;
  /** Text label; empty for a numeric one. */
  readonly text: string;
  /** Numeric label; null for a text one. */
  readonly number: bigint | null;
  readonly unit: string;
}

/** Labels of a sample in the order of the file; labelSets[0] is always the empty set. */
export type LabelSet = readonly ProfileLabel[];

/** `values[i * sampleTypes.length + t]`. */
export interface ProfileSamples {
  readonly count: number;
  readonly stack: Uint32Array;
  readonly labelSet: Uint32Array;
  readonly values: BigInt64Array;
}
