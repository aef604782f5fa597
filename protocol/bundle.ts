import { z } from 'zod';
import { kindName, labels } from './profile.ts';

export const BUNDLE_VERSION = 1;

/**
 * A lab bundle: gzip of lines of JSON. The first line is the head; each other line is one profile. There are no file names in
 * it, so unpacking can't leave a folder, follow a link or open a device.
 *
 *     {"flamelab":"bundle","version":1,"profiles":2,"madeMillis":1800000000000}
 *     {"kind":"cpu","labels":{"service":"search"},"atMillis":1799999999000,"requests":200,"pprof":"H4sI…"}
 *     {"kind":"heap","labels":{"service":"search"},"atMillis":1799999999500,"requests":null,"pprof":"H4sI…"}
 */
export const bundleHead = z.object({
  flamelab: z.literal('bundle'),
  version: z.number().int(),
  profiles: z.number().int().min(0),
  madeMillis: z.number(),
});
export type BundleHead = z.infer<typeof bundleHead>;

export const bundleEntry = z.object({
  kind: kindName,
  /** Of the series; a sample's own labels are inside the profile. */
  labels,
  /** Start of the window, Unix milliseconds; holds when the profile itself has no time. */
  atMillis: z.number().int(),
  requests: z.number().min(0).nullable(),
  /** gzip pprof in base64. */
  pprof: z.base64(),
});
export type BundleEntry = z.infer<typeof bundleEntry>;
