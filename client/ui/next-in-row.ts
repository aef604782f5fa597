/** Where an arrow, Home or End key goes in a row of values; undefined for any other key. The row wraps around. */
export function nextInRow<T>(key: string, row: readonly T[], current: T): T | undefined {
  const at = row.indexOf(current);
  if (key === 'ArrowRight' || key === 'ArrowDown') return row[(at + 1) % row.length];
  if (key === 'ArrowLeft' || key === 'ArrowUp') return row[(at - 1 + row.length) % row.length];
  if (key === 'Home') return row[0];
  if (key === 'End') return row[row.length - 1];
  return undefined;
}
