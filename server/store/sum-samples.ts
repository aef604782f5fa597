import type { DuckDBConnection } from '@duckdb/node-api';
import { AppError } from '../errors.ts';
import type { WindowSummary } from '../profile/stack-sums.ts';
import { queryRows, type Rows } from './database.ts';
import type { StoredWindow } from './entries.ts';
import type { QueryPart, ValueSource } from './plan-query.ts';
import { BANK_WIDTH } from './schema.ts';
import { findWindowRange, joinSummaries, summariseWindows, type TimeRange } from './window-range.ts';

/** Values of one sample type by stack id. */
export interface SampleSums {
  readonly byStack: ReadonlyMap<number, bigint>;
  readonly window: WindowSummary;
}

export async function sumSamples(
  connection: DuckDBConnection,
  parts: readonly QueryPart[],
  range: TimeRange,
): Promise<SampleSums> {
  const byStack = new Map<number, bigint>();
  const window = await visitParts(connection, { parts, range }, async (part, where) => {
    const sums = (sum: string): Promise<Rows> =>
      queryRows(connection, `SELECT stack, ${sum} FROM samples WHERE ${where} GROUP BY stack`);
    const sum = sumSql(part.source);
    // Numbers of 64 bits come out of the database in half the time of its sums.
    let rows = await sums(`try_cast(${sum} AS BIGINT)`);
    if (rows.hasNull(1)) rows = await sums(sum);
    const { times } = part.source;
    for (let row = 0; row < rows.count; row++) {
      const value = rows.bigint(1, row);
      addTo(byStack, rows.number(0, row), times === 1n ? value : value * times);
    }
  });
  return { byStack, window };
}

/** Calls `visit` for each part that has windows, with the condition on its samples; returns what all windows are together. */
export async function visitParts(
  connection: DuckDBConnection,
  { parts, range }: { readonly parts: readonly QueryPart[]; readonly range: TimeRange },
  visit: (part: QueryPart, where: string) => Promise<void>,
): Promise<WindowSummary> {
  const summaries: WindowSummary[] = [];
  for (const part of parts) {
    const { summary, samplesWhere } = await findWindowRange(connection, part.series, range);
    summaries.push(summary);
    if (samplesWhere !== undefined) await visit(part, `${samplesWhere} AND ${partWhere(part)}`);
  }
  return joinSummaries(summaries);
}

/** The same from windows in memory; `windowsOf` gives those of a part. */
export function sumRecentSamples(
  parts: readonly QueryPart[],
  windowsOf: (part: QueryPart) => readonly StoredWindow[],
): SampleSums {
  const byStack = new Map<number, bigint>();
  const summaries = parts.map((part) => {
    const windows = windowsOf(part);
    for (const window of windows) {
      forEachSample(window, part, (stack, value) => addTo(byStack, stack, value));
    }
    return summariseWindows(windows);
  });
  return { byStack, window: joinSummaries(summaries) };
}

/** The wanted samples of a window in memory, with their values; those that are 0 are left out, as in SQL. */
export function forEachSample(
  window: StoredWindow,
  { source, labelSets }: Pick<QueryPart, 'source' | 'labelSets'>,
  visit: (stack: number, value: bigint, labelSet: number) => void,
): void {
  for (let sample = 0; sample < window.samples; sample++) {
    const labelSet = window.labelSets[sample] ?? 0;
    if (labelSets !== null && !labelSets.has(labelSet)) continue;
    const value = window.values[sample * window.types + source.index] ?? 0n;
    if (value === 0n) continue;
    visit(window.stacks[sample] ?? 0, value * source.times, labelSet);
  }
}

/** Sum of a type before `times`; of 64-bit numbers the database makes 128-bit sums, so it can't overflow. `of`: the table, `s.`. */
export const sumSql = ({ index }: ValueSource, of = ''): string => `sum(${of}v${index % BANK_WIDTH})`;

/** Condition on `samples`: the bank and the label sets of a part, and not 0. */
export function partWhere({ source, labelSets }: Pick<QueryPart, 'source' | 'labelSets'>): string {
  const bank = `bank = ${Math.floor(source.index / BANK_WIDTH)} AND v${source.index % BANK_WIDTH} <> 0`;
  return labelSets === null ? bank : `${bank} AND label_set IN (${[...labelSets].join()})`;
}

export function addTo<K>(sums: Map<K, bigint>, key: K, value: bigint): void {
  sums.set(key, (sums.get(key) ?? 0n) + value);
}

/** Profiles hold 64 bits; a larger sum is refused rather than wrapped. */
export function checkedInt64(value: bigint): bigint {
  if (BigInt.asIntN(64, value) === value) return value;
  throw new AppError('over-limit', `a sum over these profiles is ${value}, beyond 64 bits; choose a shorter window`, {
    detail: { limit: '64 bits' },
  });
}
