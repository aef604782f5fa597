/** Bounds of a store; each is a setting. */
export interface StoreLimits {
  /** Bytes of the store's file before the oldest unpinned windows go. */
  readonly maxBytes: number;
  readonly maxAgeMillis: number;
  /** The newest windows of each series that stay in memory, all series together at most `recentBytes`. */
  readonly recentMillis: number;
  readonly recentBytes: number;
  /** The store stops taking profiles when the disk has less than either. */
  readonly minFreeBytes: number;
  readonly minFreeShare: number;
  /** Profiles that wait for their commit; more are refused as `busy`. */
  readonly maxQueued: number;
  /** How often age, size and free space are looked at. */
  readonly retentionEveryMillis: number;
  /** Rows of samples that are put in order together in the background, and at most so many at a time. */
  readonly compactRows: number;
  /** How often it is looked whether there are enough of them. */
  readonly compactEveryMillis: number;
  /** After so long without a new profile, fewer are enough. */
  readonly quietMillis: number;
  /** What the database may use besides the dictionaries. */
  readonly databaseMemoryBytes: number;
}

const GIB = 1024 ** 3;
const MIB = 1024 ** 2;

export const DEFAULT_STORE_LIMITS: StoreLimits = {
  maxBytes: 2 * GIB,
  maxAgeMillis: 7 * 24 * 3_600_000,
  recentMillis: 120_000,
  recentBytes: 64 * MIB,
  minFreeBytes: GIB,
  minFreeShare: 0.05,
  maxQueued: 10_000,
  retentionEveryMillis: 30_000,
  compactRows: 122_880,
  compactEveryMillis: 2_000,
  quietMillis: 15_000,
  databaseMemoryBytes: 128 * MIB,
};
