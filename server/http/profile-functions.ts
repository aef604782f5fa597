import type { FlameGraph, TopTable } from '../../protocol/index.ts';
import type { StackPatterns } from '../profile/filter-stacks.ts';
import type { StackGroup } from '../profile/group-stacks.ts';
import type { Profile } from '../profile/profile.ts';
import type { StackSums } from '../profile/stack-sums.ts';
import type { Selector } from '../store/selector.ts';

/** What the query routes compute with; main.ts supplies it from profile/ and store/. All throw or reject AppErrors. */
export interface ProfileFunctions {
  /** Rejects `malformed-profile`, `inconsistent-profile`, `no-sample-types`, `over-limit`. Untrusted bytes, gzip or raw: in a worker. */
  parseProfile(bytes: Uint8Array): Promise<Profile>;
  /** Uncompressed pprof. */
  writeProfile(profile: Profile): Uint8Array;
  /** Throws `bad-selector`. */
  parseSelector(text: string): Selector;
  /** Throws `bad-request` for a pattern that is not RE2. */
  filterStacks(sums: StackSums, patterns: StackPatterns): StackSums;
  groupStacks(label: string, groups: readonly StackGroup[], whole: StackSums): StackSums;
  /** `maxFrames` 0 = untrimmed. */
  computeFlameGraph(sums: StackSums, options: { readonly maxFrames: number }): FlameGraph;
  /** All rows. */
  computeTop(sums: StackSums): TopTable;
}
