/** What a profile may cost before it is refused with `over-limit`; never silently capped. */
export interface ProfileLimits {
  readonly gzipBytes: number;
  readonly inflatedBytes: number;
  readonly samples: number;
  /** Frames of one stack, inlined ones counted. */
  readonly depth: number;
  /** Frames of all distinct stacks together: what a tree of this profile can cost. */
  readonly frames: number;
  /** UTF-8 bytes of one string of the string table: function names, files, label values. */
  readonly nameBytes: number;
  readonly sampleTypes: number;
  /** Strings, functions, mappings, locations, lines, labels and comments together. */
  readonly records: number;
}

export const DEFAULT_PROFILE_LIMITS: ProfileLimits = {
  gzipBytes: 4 * 1024 * 1024,
  inflatedBytes: 16 * 1024 * 1024,
  samples: 100_000,
  depth: 1_000,
  frames: 10_000_000,
  nameBytes: 1_024,
  sampleTypes: 64,
  records: 1_000_000,
};
