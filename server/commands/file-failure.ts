/** Why a file that someone named can't be read, in words. */
export function whyUnreadable(cause: unknown): string {
  const code = codeOf(cause);
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'there is no such file';
  if (code === 'EISDIR') return 'it is a folder, not a file';
  if (code === 'EACCES' || code === 'EPERM') return `it may not be read (${code})`;
  return `it can't be read (${code})`;
}

/** Why a file that someone named can't be written, in words. */
export function whyUnwritable(cause: unknown): string {
  const code = codeOf(cause);
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'there is no such folder';
  if (code === 'EISDIR') return 'it is a folder, not a file';
  if (code === 'EACCES' || code === 'EPERM') return `it may not be written (${code})`;
  return `it can't be written (${code})`;
}

const codeOf = (cause: unknown): string =>
  cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
