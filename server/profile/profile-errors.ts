import { AppError } from '../errors.ts';

/** Bytes that aren't a pprof profile; `position` counts inflated bytes from 0. */
export function malformed(position: number, what: string): AppError {
  return new AppError('malformed-profile', `malformed profile at byte ${position}: ${what}`, { detail: { position } });
}

/** Every byte was understood, but the records contradict each other. */
export function inconsistent(what: string): AppError {
  return new AppError('inconsistent-profile', `inconsistent profile: ${what}`);
}

export function overLimit(what: string, limit: number, seen: number | string): AppError {
  return new AppError('over-limit', `profile refused: ${what} is ${seen}, the limit is ${limit}`, {
    detail: { what, limit, seen },
  });
}
