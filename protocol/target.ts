import { z } from 'zod';
import { kindName, labels } from './profile.ts';

/**
 * up: the last scrapes worked. waiting: none yet. in-use: another profiler holds the process's one CPU profile.
 * backing-off: failing, tried again later. paused: on the learner's wish.
 */
export const targetHealth = z.enum(['waiting', 'up', 'in-use', 'backing-off', 'paused']);

/** One kind of one target. `everyMillis` 0 = back to back, `windowMillis` 0 = a snapshot. */
export const kindHealth = z.object({
  kind: z.string(),
  state: z.enum(['waiting', 'up', 'absent', 'in-use', 'failing']),
  everyMillis: z.number(),
  windowMillis: z.number(),
  /** Profiles that came so far, and when the last one did (Unix milliseconds). */
  windows: z.number(),
  lastMillis: z.number().nullable(),
  error: z.string().nullable(),
  /** When it is tried again, Unix milliseconds; null while all is well. */
  retryMillis: z.number().nullable(),
});
export type KindHealth = z.infer<typeof kindHealth>;

const interval = { point: z.number(), low: z.number(), high: z.number() };

/** What collecting costs a target: CPU with it against CPU without it, in alternating periods. Intervals are of 95 %. */
export const overhead = z.object({
  state: z.enum(['running', 'done', 'failed']),
  pairsDone: z.number(),
  pairsWanted: z.number(),
  periodMillis: z.number(),
  /** Relative, 0.01 = 1 %: per request where enough came, else per second. Null before three pairs. */
  relative: z.object({ per: z.enum(['request', 'second']), ...interval }).nullable(),
  /** CPU seconds per second more with collection. */
  cores: z.object(interval).nullable(),
  requestsPerSecond: z.number().nullable(),
  error: z.string().nullable(),
  /** Unix milliseconds of its newest pair. */
  atMillis: z.number(),
});
export type Overhead = z.infer<typeof overhead>;

export const target = z.object({
  name: z.string(),
  /** As it was given; `address` is what it was resolved to, once: `127.0.0.1:6060`. Null before that. */
  url: z.string(),
  address: z.string().nullable(),
  origin: z.enum(['fleet', 'attached', 'config']),
  labels,
  /** Those that are scraped; what the target doesn't have is left out. */
  kinds: z.array(z.string()),
  health: targetHealth,
  lastError: z.string().nullable(),
  kindHealth: z.array(kindHealth),
  /** False while sampling leaves it out for this period. */
  chosen: z.boolean(),
  /** Null when none was measured; `measurable`: its process tells its CPU time, as those of the fleet do. */
  overhead: overhead.nullable(),
  measurable: z.boolean(),
});
export type Target = z.infer<typeof target>;

const HOUR_SECONDS = 3_600;
const MAX_WINDOW_SECONDS = 60;

const targetName = z.string().regex(/^[A-Za-z0-9._-]{1,64}$/, 'letters, digits, dot, _ and -, at most 64');

/** A target that someone attaches, or that a config file lists. What is absent follows the collector's settings. */
export const newTarget = z.strictObject({
  url: z.string().max(2_000),
  name: targetName.optional(),
  labels: z
    .record(
      z.string().regex(/^[a-zA-Z_][a-zA-Z0-9_]{0,63}$/, 'letters, digits and _, no digit first, at most 64'),
      z.string().max(256),
    )
    .optional(),
  kinds: z.array(kindName).min(1).max(20).optional(),
  /** From start to start of two windows of a kind. */
  intervalSeconds: z.number().min(1).max(HOUR_SECONDS).optional(),
  /** Of cpu and of the deltas; net/http/pprof takes whole seconds. */
  windowSeconds: z.number().int().min(1).max(MAX_WINDOW_SECONDS).optional(),
  /** `time`: share of the time under a CPU profile, instead of the collector's; `always`: never left out for a period. */
  sampling: z
    .strictObject({ time: z.number().min(0.001).max(1).optional(), always: z.boolean().optional() })
    .optional(),
});
export type NewTarget = z.infer<typeof newTarget>;
export const namedTarget = newTarget.extend({ name: targetName });
export type NamedTarget = z.infer<typeof namedTarget>;

/**
 * Two-level sampling as in Google-Wide Profiling (Ren et al., IEEE Micro 2010): in each period a share of the instances is
 * collected, and each of those for a share of the time. What an exercise has in focus is always collected.
 */
export const sampling = z.strictObject({
  instances: z.number().min(0.01).max(1),
  time: z.number().min(0.001).max(1),
  periodSeconds: z.number().int().min(5).max(HOUR_SECONDS),
});
export type Sampling = z.infer<typeof sampling>;
export const DEFAULT_SAMPLING: Sampling = { instances: 1, time: 0.1, periodSeconds: 60 };

export const overheadRequest = z.strictObject({
  pairs: z.number().int().min(3).max(60).default(8),
  periodSeconds: z.number().min(1).max(120).default(10),
});
export type OverheadRequest = z.infer<typeof overheadRequest>;
