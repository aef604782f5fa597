/** Why the lab didn't answer a question: its own code, message and data, or `unreachable`. */
export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly detail: unknown;
}

export function failureFrom(error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'internal';
  return { code, message, detail: error instanceof Error && 'detail' in error ? error.detail : undefined };
}
