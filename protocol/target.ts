import { z } from 'zod';
import { labels } from './profile.ts';

/** up: the last scrape worked. waiting: none yet. backing-off: failing, tried again later. paused: on the learner's wish. */
export const targetHealth = z.enum(['waiting', 'up', 'backing-off', 'paused']);

export const target = z.object({
  name: z.string(),
  url: z.string(),
  labels,
  kinds: z.array(z.string()),
  health: targetHealth,
  lastError: z.string().nullable(),
});
export type Target = z.infer<typeof target>;

export const newTarget = z.object({
  url: z.string().max(2_000),
  name: z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,64}$/)
    .optional(),
  labels: z.record(z.string().regex(/^[a-zA-Z_][a-zA-Z0-9_]{0,63}$/), z.string().max(256)).optional(),
});
export type NewTarget = z.infer<typeof newTarget>;
