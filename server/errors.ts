import type { ErrorCode } from '../protocol/index.ts';

/** A failure that a person should read: `code` for programs, `message` says what was seen and what to do next. */
export class AppError extends Error {
  readonly code: ErrorCode;
  /** Data about what was seen; goes to the client as it is. */
  readonly detail: unknown;

  constructor(code: ErrorCode, message: string, options: { cause?: unknown; detail?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.detail = options.detail;
  }
}
