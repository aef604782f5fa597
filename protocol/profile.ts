import { z } from 'zod';

/** The instruments of the Go runtime that the lab reads. */
export const PROFILE_KINDS = ['cpu', 'allocs', 'heap', 'goroutine', 'mutex', 'block', 'goroutineleak'] as const;
export const profileKind = z.enum(PROFILE_KINDS);
export type ProfileKind = z.infer<typeof profileKind>;

/** Kinds that show what is there at one moment: of several, only the mean means something. */
export const SNAPSHOT_KINDS: ReadonlySet<string> = new Set(['heap', 'goroutine', 'goroutineleak', 'threadcreate']);

/** A stored kind is any lower-case word, since a push may bring one that Go doesn't have. */
export const kindName = z.string().regex(/^[a-z][a-z0-9_-]{0,63}$/, 'a lower-case word such as cpu, allocs or heap');

/** One sample type of a profile, as pprof's ValueType: `{type:"cpu", unit:"nanoseconds"}`. */
export const sampleType = z.object({ type: z.string(), unit: z.string() });
export type SampleType = z.infer<typeof sampleType>;

/** Labels of a series: service, version, instance and others that the target was given. */
export const labels = z.record(z.string(), z.string());
export type Labels = z.infer<typeof labels>;
