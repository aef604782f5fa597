import type { CallersTable, DiffGraph, FlameGraph, LineTable, TopTable } from '../../protocol/index.ts';
import type { DiffOptions } from '../profile/compare/compute-diff.ts';
import type { StackPatterns } from '../profile/filter-stacks.ts';
import type { StackGroup } from '../profile/group-stacks.ts';
import type { Profile } from '../profile/profile.ts';
import type { BlockSums, StackSums } from '../profile/stack-sums.ts';
import type { Selector } from '../store/selector.ts';

/** What the query routes compute with; main.ts supplies it from profile/ and store/. All throw or reject AppErrors. */
export interface ProfileFunctions {
  /** Rejects `malformed-profile`, `inconsistent-profile`, `no-sample-types`, `over-limit`. Untrusted bytes, gzip or raw: in a worker. */
  parseProfile(bytes: Uint8Array): Promise<Profile>;
  /** What a file without a kind is a profile of: cpu, allocs, heap, … */
  kindOfProfile(profile: Profile, fileName: string): string;
  /** Uncompressed pprof. */
  writeProfile(profile: Profile): Uint8Array;
  /** Throws `bad-selector`. */
  parseSelector(text: string): Selector;
  /** Throws `bad-request` for a pattern that is not RE2. */
  filterStacks(sums: StackSums, patterns: StackPatterns): StackSums;
  filterBlocks(blocks: BlockSums, patterns: StackPatterns): BlockSums;
  groupStacks(label: string, groups: readonly StackGroup[], whole: StackSums): StackSums;
  /** `maxFrames` 0 = untrimmed. */
  computeFlameGraph(sums: StackSums, options: { readonly maxFrames: number }): FlameGraph;
  /** All rows; the largest have an interval when there are windows enough, and the first `points` their course over time. */
  computeTopWithIntervals(blocks: BlockSums, options: { readonly points: number }): TopTable;
  /** null: no stack runs through a function of that name. */
  computeCallers(sums: StackSums, name: string, options: { readonly maxFrames: number }): CallersTable | null;
  /** null: no stack runs through that file. */
  computeLines(sums: StackSums, file: string): LineTable | null;
  /** Throws `no-request-counts`, `no-durations`, `inconsistent-profile`. */
  computeDiff(a: BlockSums, b: BlockSums, options: DiffOptions): DiffGraph;
}
