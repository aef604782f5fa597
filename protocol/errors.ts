import { z } from 'zod';

/** Codes are for programs, messages for people. Each code maps to one HTTP status, here and nowhere else. */
export const ERROR_STATUS = {
  'bad-request': 400,
  'bad-selector': 400,
  'bad-path': 400,
  'malformed-profile': 400,
  'malformed-bundle': 400,
  'malformed-trace': 400,
  unauthorised: 401,
  forbidden: 403,
  'not-found': 404,
  'method-not-allowed': 405,
  'request-timeout': 408,
  'version-conflict': 409,
  busy: 409,
  'too-large': 413,
  'over-limit': 413,
  'unsupported-media-type': 415,
  misdirected: 421,
  'headers-too-large': 431,
  'inconsistent-profile': 422,
  'no-sample-types': 422,
  'unknown-sample-type': 422,
  'no-request-counts': 422,
  'no-durations': 422,
  'no-data': 404,
  'no-source': 404,
  'go-missing': 503,
  'store-full': 507,
  internal: 500,
} as const satisfies Record<string, number>;

export type ErrorCode = keyof typeof ERROR_STATUS;

/** Body of every refused or failed request. `detail` is data about what was seen (position, limit, …), never a stack. */
export const errorBody = z.object({
  error: z.object({ code: z.string(), message: z.string(), detail: z.unknown().optional() }),
});
export type ErrorBody = z.infer<typeof errorBody>;
