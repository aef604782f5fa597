/**
 * profile: bytes → checked, columnar profile → sums by stack → tree and table; and back to bytes. Pure: no clock, no files, no
 * network, no knowledge of where a profile came from or where it is kept (only parse-worker.ts and profile-parser.ts, which
 * run the reader in a thread of its own, touch the outside).
 *
 *     const profile = readProfile(gunzipProfile(bytes));
 *     const graph = computeFlameGraph(stackSumsFromProfile(profile, 'cpu'), { maxFrames: 20_000 });
 *     const merged = gzipSync(writeProfile(mergeProfiles([profile, other])));
 *
 * Everything that is refused is an AppError with one of `malformed-profile`, `inconsistent-profile`, `no-sample-types`,
 * `over-limit`. Anything that a person brings goes through `createProfileParser`: a reader in a worker, under caps.
 */
export { computeDiff, type DiffOptions } from './compare/compute-diff.ts';
export { computeCallers } from './compute-callers.ts';
export { computeFlameGraph, DEFAULT_MAX_FRAMES, type FlameGraphOptions } from './compute-flame-graph.ts';
export { computeLines } from './compute-lines.ts';
export { computeTop, computeTopWithIntervals } from './compute-top.ts';
export { frameName } from './frame-name.ts';
export { packageOfFunction } from './go-package.ts';
export { gunzipProfile } from './gunzip-profile.ts';
export { mergeProfiles } from './merge-profiles.ts';
export * from './profile.ts';
export { DEFAULT_PROFILE_LIMITS, type ProfileLimits } from './profile-limits.ts';
export { readProfile } from './read-profile.ts';
export type { BlockSums, StackSums, WindowSummary } from './stack-sums.ts';
export { stackSumsFromProfile } from './stack-sums-from-profile.ts';
export { writeProfile } from './write-profile.ts';
