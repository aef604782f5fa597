import { AppError } from '../errors.ts';

/** What the database says of a write that failed, as the answer to who wanted it. */
export function writeFailure(cause: unknown): AppError {
  const seen = cause instanceof Error ? cause.message : String(cause);
  if (/invalidated/i.test(seen)) {
    const hint = 'the store stopped when its file could not be written; what is stored stays; start the lab again';
    return new AppError('internal', hint, { cause });
  }
  if (/no space left|disk full|could not write/i.test(seen)) {
    return new AppError(
      'store-full',
      'the disk is full: nothing new is stored, what is stored stays; free some space',
      {
        cause,
      },
    );
  }
  return new AppError('internal', 'the store could not write; the log has the reason', { cause });
}
