import { AppError } from '../../server/errors.ts';

/** Code and message of the AppError that `task` throws; anything else that happens is a failure. */
export function refusalOf(task: () => unknown): { code: string; message: string } {
  try {
    task();
  } catch (error) {
    if (error instanceof AppError) return { code: error.code, message: error.message };
    throw error;
  }
  throw new Error('expected a refusal');
}
