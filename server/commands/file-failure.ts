/** Why a file that someone named can't be read, in words. */
export const whyUnreadable = (cause: unknown): string => whyNot(cause, { done: 'read', missing: 'file' });

/** Why a file that someone named can't be written, in words. */
export const whyUnwritable = (cause: unknown): string => whyNot(cause, { done: 'written', missing: 'folder' });

function whyNot(cause: unknown, { done, missing }: Record<'done' | 'missing', string>): string {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
  if (code === 'ENOENT' || code === 'ENOTDIR') return `there is no such ${missing}`;
  if (code === 'EISDIR') return 'it is a folder, not a file';
  if (code === 'EACCES' || code === 'EPERM') return `it may not be ${done} (${code})`;
  return `it can't be ${done} (${code})`;
}
