import { ERROR_STATUS, type ErrorBody, type ErrorCode } from '../../protocol/index.ts';
import { AppError } from '../errors.ts';

export interface ErrorAnswer {
  readonly status: number;
  readonly body: ErrorBody;
}

/** Receives what must not leave the process: the cause of an `internal` answer. */
export type ErrorLog = (message: string, error: unknown) => void;

/** The one place where a failure becomes a status and a body. What nobody expected is `internal`; its detail goes to the log only. */
export function answerFromError(error: unknown, log: ErrorLog): ErrorAnswer {
  const known = error instanceof AppError ? error : findLibraryError(error);
  if (known === undefined) {
    log('unexpected failure of a request', error);
    return answer('internal', 'Something went wrong inside the lab. Its terminal shows what.', undefined);
  }
  if (known.code === 'internal') log(known.message, known.cause ?? known);
  return answer(known.code, known.message, known.detail);
}

function answer(code: ErrorCode, message: string, detail: unknown): ErrorAnswer {
  const error = detail === undefined ? { code, message } : { code, message, detail };
  return { status: ERROR_STATUS[code], body: { error } };
}

/** Express and its body parsers mark a client's mistake with `type` or a status below 500. */
function findLibraryError(error: unknown): AppError | undefined {
  if (!(error instanceof Error)) return undefined;
  const type = 'type' in error ? error.type : undefined;
  const status = 'status' in error ? error.status : undefined;
  if (type === 'entity.too.large') return new AppError('too-large', `The body is too large${limitOf(error)}.`);
  if (type === 'entity.parse.failed') return new AppError('bad-request', 'The body is not valid JSON.');
  if (type === 'request.aborted') return new AppError('bad-request', 'The request ended before its body was complete.');
  if (status === 415) return new AppError('unsupported-media-type', `The body can't be read: ${error.message}.`);
  if (status === 404) return new AppError('not-found', 'There is no such page.');
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return new AppError('bad-request', 'The request is malformed.');
  }
  return undefined;
}

function limitOf(error: Error): string {
  return 'limit' in error && typeof error.limit === 'number' ? `: at most ${error.limit} bytes` : '';
}
